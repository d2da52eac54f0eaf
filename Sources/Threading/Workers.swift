internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Threads for work that is spread over the processors: few threads with long work each, since one task a file
/// is slower than none at all.
public enum Workers {
    /// One a processor.
    public static var available: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// Runs `body` on `count` threads, of which the calling one is the first, and returns when all are done.
    public static func run(_ count: Int, _ body: @Sendable () -> Void) {
        withoutActuallyEscaping(body) { body in
            let threads = (1..<max(count, 1)).compactMap { _ in Thread(body) }
            body()
            for thread in threads { thread.join() }
        }
    }

    /// The results in the order of the items, whatever the number of threads.
    public static func map<Item: Sendable, Result: Sendable>(
        _ items: [Item], jobs: Int, _ transform: @Sendable (Item) -> Result
    ) -> [Result] {
        if jobs < 2 || items.count < 2 { return items.map(transform) }
        let next = Next()
        return [Result](unsafeUninitializedCapacity: items.count) { results, count in
            let slots = Slots(first: results.baseAddress!)
            run(min(jobs, items.count)) {
                while let index = next.index(below: items.count) {
                    (slots.first + index).initialize(to: transform(items[index]))
                }
            }
            count = items.count
        }
    }

    private final class Next: Sendable {
        private let next = Atomic<Int>(0)

        func index(below count: Int) -> Int? {
            let index = next.add(1, ordering: .relaxed).oldValue
            return index < count ? index : nil
        }
    }

    /// Each is filled by the one thread that has drawn its index.
    private struct Slots<Result>: @unchecked Sendable {
        let first: UnsafeMutablePointer<Result>
    }
}

/// A thread of the system with the stack of a main thread: musl's default of 128 KB is too small to parse in.
private struct Thread {
    private let handle: pthread_t
    private static let stackSize = 8 << 20

    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// nil where the system gives no more threads: the others then do the work.
    init?(_ body: @escaping @Sendable () -> Void) {
        let work = Unmanaged.passRetained(Work(body))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, Self.stackSize)
        #if canImport(Darwin)
            var handle: pthread_t?
        #else
            var handle = pthread_t()
        #endif
        let status = pthread_create(
            &handle, &attributes,
            { argument in
                #if canImport(Darwin)
                    Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
                #else
                    Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue().body()
                #endif
                return nil
            }, work.toOpaque())
        guard status == 0 else {
            work.release()
            return nil
        }
        #if canImport(Darwin)
            self.handle = handle!
        #else
            self.handle = handle
        #endif
    }

    func join() { pthread_join(handle, nil) }
}
