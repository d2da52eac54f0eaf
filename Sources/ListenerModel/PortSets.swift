/// The port sets that policies may name without defining them: what usually stands behind a number.
///
/// A number is in a set if the software that made it known is of that class and little else is published on it.
/// The sets were measured against 1,417 ports published in the compose files of public repositories: a published
/// port matches if its host or its container number is in the set, and the match is right if the image or service
/// is of the class. The count stands beside each set (right/all; sets that nobody publishes rest on the lists of
/// vendors and benchmarks alone).
///
/// Numbers which many kinds of software share (3000, 5000, 8000, 8080, 8443, 8888, 9000, 9090) are in no set:
/// there only the image says what they are. Left out on the count: 8088 (12 of 13 matches are not YARN), 9091
/// (0 of 4 Pushgateway), 7946 (6 of 6 are Loki), 50000 (4 of 4 are Jenkins agents). Left out on meaning: VPN and
/// TURN ports, which are made to face the internet.
public enum PortSets {
    public struct Member: Hashable, Sendable {
        public var ports: PortRange
        public var transport: Transport
    }

    /// By name, as written in a policy; sorted by name.
    public static let all: [(name: Purpose, members: [Member])] = [
        // 33/33
        set(
            "admin",
            tcp: """
                135 830 943 953 1936 2019 2083 2087 3632 4171 4566 4786 4848 5601 6800 8161 8291 8384 8404 8834 9021
                9043 9060 9392 9644 9901 11434 15671 15672 16992 16993 18083 51821
                """,
            udp: "623"),
        // 24/24
        set("cache", tcp: "5701 6082 6379 6380 11211 11214 11215 11222 16379 26379", udp: "11211"),
        // 78/79; wrong: ownCloud ocis on 9200
        set(
            "database",
            tcp: """
                389 636 1433 1521 1522 1527 2424 2480 2483 2484 3050 3268 3306 5432 5433 5439 5984 6333 6334 6432
                6984 7473 7474 7687 7700 8086 8108 8529 8983 9042 9142 9160 9200 9300 9306 9312 11207 11210 19530
                26257 27017-27019 28015 29015 33060 50070 50470
                """,
            udp: "1434"),
        // 62/63; wrong: Flame start page on 5005; 56 of the 63 are one repository
        set("debug", tcp: "1099 2159 2345 5005 5858 7199 9222 9229 9230 40000 55679"),
        // 13/13
        set("dns", tcp: "53 853 8600", udp: "53 853 5353 5355 8600"),
        // 4/4: too few to prove
        set(
            "file-sharing",
            tcp: """
                20 21 111 115 139 445 515 548 631 873 990 2049 3260 3690 9418 10809 20048 22000 24007
                """,
            udp: "69 111 137 138 631 2049"),
        // 23/23
        set("mail", tcp: "24 25 110 143 465 587 993 995 1025 4190 8025"),
        // 32/34; wrong: CouchDB on 9100, a log generator on 3100
        set(
            "metrics",
            tcp: """
                199 2004 3100 4317 4318 4949 5044 5666 6514 8222 8428 8649 9093 9100 9104 9113-9116 9121 9182 9187
                9216 9256 9323 9400 9411 9600 10050 10051 12201 13133 14250 14268 15014 15090 15692 16686 19999
                24224 61208
                """,
            udp: "161 162 514 6831 8125 12201 25826"),
        // 34/38; wrong: 4x ColdFusion on 8500, one repository; without 8500 30/30
        set(
            "orchestration",
            tcp: """
                2181 2375-2377 2379 2380 2888 3888 4369 4505 4506 4646-4648 6066 6123 6443 7077 7233 8032 8140 8201
                8265 8300-8302 8500 8502 8503 8786 8848 9345 10250 10255 10257 10259 16443 16509 16514
                """,
            udp: "4789 8472"),
        // by definition; 133 published host ports
        set("privileged", tcp: "1-1023", udp: "1-1023"),
        // 35/35
        set(
            "queue",
            tcp: """
                1414 1883 4150 4151 4161 4222 4730 5552 5671 5672 6222 6650 6651 8883 9092 10911 11300 25672 29092
                61613 61614 61616
                """),
        // 20/20
        set(
            "remote-access",
            tcp: """
                22 23 512 513 2222 3389 4822 4899 5631 5800 5900-5903 5938 5985 5986 7681
                """,
            udp: "177 3389"),
        // 264/265 are HTTP; wrong: OpenVPN on 443
        set("web", tcp: "80 443", udp: "443"),
    ]

    /// The members of a set; nil if there is no shipped set of that name.
    public static func members(of name: Purpose) -> [Member]? {
        all.first { $0.name == name }?.members
    }

    /// The sets that hold this port, without `privileged`, which says nothing about what is behind a port.
    public static func purposes(port: UInt16, transport: Transport) -> [Purpose] {
        all.filter { name, members in
            name != "privileged" && members.contains { $0.transport == transport && $0.ports.contains(port) }
        }.map(\.name)
    }

    private static func set(_ name: Purpose, tcp: String, udp: String = "") -> (name: Purpose, members: [Member]) {
        func members(_ text: String, _ transport: Transport) -> [Member] {
            text.split { $0 == " " || $0 == "\n" }.map { word in
                let ends = word.split(separator: "-").map { UInt16($0)! }
                return Member(ports: PortRange(ends[0], ends[ends.count - 1]), transport: transport)
            }
        }
        return (name, members(tcp, .tcp) + members(udp, .udp))
    }
}
