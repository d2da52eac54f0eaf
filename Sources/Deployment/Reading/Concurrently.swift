#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif
internal import Synchronization

/// Runs `body` for 0 ..< `count`, one thread per job, each taking the next index: one task per file in a task
/// group was measured slower than a serial loop.
func concurrently(_ count: Int, jobs: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let work = Work(count: count, body: body)
    let threads = min(jobs, count) - 1
    guard threads > 0 else { return work.run() }
    var started: [pthread_t] = []
    for _ in 0..<threads {
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread = pthread_t()
        #endif
        let argument = Unmanaged.passRetained(work).toOpaque()
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        // Parsers recurse up to their depth caps; the default of musl is 128 KiB.
        pthread_attr_setstacksize(&attributes, 8 << 20)
        let status = pthread_create(&thread, &attributes, runWork, argument)
        pthread_attr_destroy(&attributes)
        if status != 0 {
            Unmanaged<Work>.fromOpaque(argument).release()
            break
        }
        #if canImport(Darwin)
            if let thread { started.append(thread) }
        #else
            started.append(thread)
        #endif
    }
    work.run()
    for thread in started { pthread_join(thread, nil) }
}

private final class Work: Sendable {
    private let next = Atomic(0)
    private let count: Int
    private let body: @Sendable (Int) -> Void

    init(count: Int, body: @escaping @Sendable (Int) -> Void) {
        self.count = count
        self.body = body
    }

    func run() {
        while true {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            if index >= count { return }
            body(index)
        }
    }
}

#if canImport(Darwin)
    private func runWork(_ argument: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run()
        return nil
    }
#else
    private func runWork(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        if let argument { Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
    }
#endif
