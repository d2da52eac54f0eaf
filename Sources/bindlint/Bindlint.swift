@main
struct Bindlint {
    static func main() {}
}
