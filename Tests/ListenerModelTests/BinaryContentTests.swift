import ListenerModel
import Testing

@Suite struct BinaryContentTests {
    @Test(arguments: [
        (Array("listen 80;".utf8), false),
        ([], false),
        ([0x47, 0x40, 0x00, 0x10], true),
        ([0xff, 0xfe, 0x61, 0x00], false),
        ([0xfe, 0xff, 0x00, 0x61], false),
        (Array(repeating: 0x61, count: 7999) + [0], true),
        (Array(repeating: 0x61, count: 8000) + [0], false),
    ])
    func looksBinary(bytes: [UInt8], expected: Bool) { #expect(bytes.looksBinary == expected) }
}
