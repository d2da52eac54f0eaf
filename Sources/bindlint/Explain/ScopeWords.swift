internal import ListenerModel

/// Who can connect to a socket whose address has a scope.
enum ScopeWords {
    static func whoCanConnect(_ scope: Scope) -> String {
        switch scope {
        case .wildcard:
            "Everyone who can reach the machine under any of its addresses. In a container: everyone on its networks, "
                + "and whoever can reach a published port that leads to it."
        case .loopback:
            "Only processes of the same machine. In a container: only the container itself; a published port that "
                + "leads to it stays dead."
        case .private:
            "Machines that can reach this private address (RFC 1918, RFC 4193): those of its network and of networks "
                + "routed to it."
        case .shared:
            "Machines behind the same carrier-grade address translation (RFC 6598)."
        case .linkLocal:
            "Machines on the same link (RFC 3927, RFC 4291); no router passes the packets on."
        case .global:
            "Everyone on the internet, unless a firewall stands in between."
        case .multicast:
            "Everyone who can send to this multicast group; datagrams only."
        case .reserved:
            "Nobody: the address is set aside (RFC 6890), for documentation for example, and no machine has it."
        case .unix:
            "Processes of the same machine that may open the file: its permissions and those of its folders decide, and "
                + "containers into which it is mounted can open it too. A name with @ is no file; every process of "
                + "the network namespace can connect."
        case .name:
            "It depends on the addresses of the name when the program starts. A name of the loopback, such as "
                + "localhost, is this machine only."
        case .unknown, .none:
            "That is not known."
        }
    }
}
