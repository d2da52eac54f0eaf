import Dialects
import ListenerModel

extension FuzzTarget {
    /// Every dialect reads every text: they are total.
    static let addresses = FuzzTarget("addresses", longestInput: 256, words: Words.addresses) { corpus in
        ["nginx", "go", "node", "docker"].flatMap(corpus.observed)
            .flatMap { $0.split { " ;\"'(),\n".contains($0) } }.map { Array($0.utf8) }
    } run: { bytes throws(Violation) in
        let text = String(decoding: bytes, as: UTF8.self)
        for reading in AddressReading.readings(of: text) {
            let canonical = reading.canonical
            if !AddressReading.readings(of: canonical).contains(where: { $0.canonical == canonical }) {
                throw Violation("\(text) is \(canonical), which is not read so")
            }
        }
        if let address = IPAddress(text), IPAddress(address.description) != address {
            throw Violation("\(text) is \(address), which is not read so")
        }
        _ = try? IPNetwork(text)

        // A replacement character stands for an unknown part.
        var symbolic = SymbolicText()
        for (index, piece) in text.split(separator: "\u{FFFD}", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { symbolic.append(.unknown(Unknown(.environment("V")))) }
            symbolic.append(.literal(String(piece)))
        }
        let pieces = text.split(separator: " ", maxSplits: 1).map { SymbolicText(String($0)) }
        for network in ListenRequest.Network.allCases {
            var requests = [ListenRequest(network, .combined(symbolic))]
            requests.append(ListenRequest(network, .parts(host: pieces.first, port: pieces.last)))
            requests.append(ListenRequest(network, .parts(host: symbolic, port: nil)))
            for request in requests {
                for dialect in Dialects.all { try check(dialect, request, text) }
            }
        }
        // The programs are one grammar with switches; which of them need not be told by every input.
        let turn = bytes.reduce(0) { ($0 * 31 + Int($1)) % 65_521 }
        for network in [ListenRequest.Network.tcp, .unix] {
            let dialect = ServerDialects.all[turn % ServerDialects.all.count]
            try check(dialect, ListenRequest(network, .combined(symbolic)), text)
            try check(dialect, ListenRequest(network, .parts(host: pieces.first, port: pieces.last)), text)
        }
        let words = text.split(separator: " ").map { SymbolicText(String($0)) }
        for module in NginxModule.allCases {
            _ = try? NginxAddress(symbolic, module: module, in: .standard)
            _ = try? NginxListenOptions(words, module: module, version: World.standard.nginx)
            _ = NginxListenOptions(understandableOf: words, module: module, version: World.standard.nginx)
        }
        _ = try? PortSyntax.parse(symbolic)
        _ = PortSyntax.fieldsOfRefused(symbolic)
    }

    private static func check(
        _ dialect: any Dialect, _ request: ListenRequest, _ text: String
    ) throws(Violation) {
        let binding = dialect.binding(of: request, in: .standard)
        if binding.refusal != nil, !binding.sockets.isEmpty {
            throw Violation("\(dialect.name) refuses \(text) and opens \(binding.sockets)")
        }
    }
}
