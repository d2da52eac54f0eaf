import Testing

@testable import Extraction

@Suite struct JavaScriptParserTests {
    @Test(arguments: [
        // Operators and calls.
        ("a + b * c ** d ** e", "(+ a (* b (** c (** d e))))"),
        ("a || b && c ?? d", "(?? (|| a (&& b c)) d)"),
        ("a = b ? c : d ? e : f", "(= a (? b c (? d e f)))"),
        ("x.y?.z[0]?.(1)", "x.y.z[0](1)"),
        ("new A.B(1).c(2)", "new A.B(1).c(2)"),
        ("new A", "new A()"),
        ("new (f())(1)", "new f()(1)"),
        ("(0, x.default)()", "(, 0 x.default)()"),
        ("a >= b >>> 2", "(>= a (>>> b 2))"),
        ("await a.b(c)", "(await a.b(c))"),
        ("f(...a, b)", "f(...a b)"),
        ("`a${b}c`", "`a${b}c`"),
        ("`a\\n\\u0041`", "'a\nA'"),
        ("'\\x41\\u{1F600}\\0'", "'A😀\0'"),
        ("tag`a${b}`", "<tag `a${b}`>"),
        (
            "({ a, b: 1, 'c-d': 2, [e]: 3, ...f, g() {}, async *h() {}, get i() { return 1 } })",
            "{a: a b: 1 c-d: 2 [e]: 3 ...f g: (fn g() ) h: (fn h() ) i: (fn i() (return 1))}"
        ),
        // Arrow functions against parentheses and conditions.
        ("x => x + 1", "(fn (x) (return (+ x 1)))"),
        ("async (a, { b = 2 }, ...c) => { d }", "(fn (a {b:b=2} ...c) d)"),
        ("(a)", "a"),
        ("a ? (b) : c => d", "(? a b (fn (c) (return d)))"),
        ("a ? (b: string): c => d : e", "(? a (fn (b:string) (return d)) e)"),
        ("(a): b is C => d", "(fn (a) (return d))"),
        ("<T>(a: T): Promise<T> => a", "(fn (a:T) (return a))"),
        ("f(async () => {}, g)", "f((fn () ) g)"),
        // Types.
        ("let a: Map<string, Array<number>> = b", "(let a:Map[string] = b)"),
        ("let a: http.Server | null", "(let a:http.Server = )"),
        ("const f = (a?: { b: string }, c: () => void = d) => 1", "(const f = (fn (a c=d) (return 1)))"),
        ("a as unknown as B", "a"),
        ("f(a!, b satisfies C)", "f(a b)"),
        ("<any>a.b", "a.b"),
        ("a<B>(c)", "a(c)"),
        ("new Map<string, X[]>()", "new Map()"),
        ("a < b > (c)", "a(c)"),
        ("a < b && c > d", "(&& (< a b) (> c d))"),
        ("type A<T> = T extends string ? 'a' : { b: T }\nc", "c"),
        ("interface A extends B<C> { d(): void }\ne", "e"),
        ("declare module 'x' { const a: number }\nb", "{(const a:number = )} b"),
        ("function f(this: A, b: B): asserts b is C\nfunction f() { g }", "(fn f() g)"),
        ("enum A { B, C = 5, D, E = 'x' }", "(const A = {B: 0 C: 5 D: 6 E: 'x'})"),
        ("abstract class A { abstract b(): void; c!: D }", "(class A {c:D})"),
        // Statements and semicolons that are not there.
        ("a\nb\n(c)", "a b(c)"),
        ("return\na", "(return) a"),
        ("a\n++b", "a (++ b)"),
        ("let x\nlet y = 1", "(let x = ) (let y = 1)"),
        ("const a = 1, b = 2", "(const a b = 1 2)"),
        ("let a, b = 2", "(let a = ) (let b = 2)"),
        ("const { a, b: { c = 1 }, ...d } = e", "(const {a:a b:{c:c=1} ...d} = e)"),
        ("const [a, , b = 1] = c", "(const [a _ b=1] = c)"),
        ("if (a) b; else if (c) d; else e", "(if a b else (if c d else e))"),
        ("for (const a of b) c(a)", "(loop [(let a = b)] c(a))"),
        ("for (let i = 0; i < 1; i++) c", "(loop [(let i = 0) (< i 1) <i>] c)"),
        ("do { a } while (b)", "(loop [] a b)"),
        ("switch (a) { case 'b': c(); break; default: d }", "(switch a ('b': c() (jump)) (: d))"),
        ("try { a } catch { b } finally { c }", "(try a catch b c)"),
        ("x: for (;;) { break x }", "(loop [] (jump))"),
        ("a ||= b", "(||= a b)"),
        // Classes.
        (
            "class A extends B(C) { d = 1; static e = 2; #f; constructor(private g: G) { super() } static { h } get i() {} }",
            "(class A extends B(C) {d = 1; static e = 2; #f; g:G; (fn constructor(g:G) (= this.g g) super()); (fn () h); (fn i() )})"
        ),
        ("@A({ b: 1 }) class C { @D() e: E; @F(1) g() {} }", "A({b: 1}) D() F(1) (class C {e:E; (fn g() )})"),
        ("module.exports = class A {}", "(class A {}) (= module.exports A)"),
        // Modules.
        ("import a, { b as c, type D } from 'e'", "(import default as a, b as c, D as D from e)"),
        ("import * as a from 'b' with { type: 'json' }", "(import * as a from b)"),
        ("import 'a'", "(import  from a)"),
        ("import type { A } from 'b'", "(import A as A from b)"),
        ("import a = require('b')", "(const a = require('b'))"),
        ("import('a').then(b)", "import('a').then(b)"),
        ("import.meta.url", "import.meta.url"),
        ("export default { a }", "(export default {a: a})"),
        ("export default async function f() {}", "(fn f() ) (export default f)"),
        ("export const a = 1", "(export (const a = 1))"),
        ("export { a as b } from 'c'", "(export a as b from c)"),
        ("export * as a from 'b'", "(export * as a from b)"),
        ("export = a", "(= module.exports a)"),
        // What is not understood is skipped, and what follows is read.
        ("a ? : b; c()", "(? a <> b) c()"),
        ("f(, 1) ) g()", "f(undefined 1) g()"),
    ])
    func tree(_ source: String, _ expected: String) {
        #expect(SyntaxDump.of(source) == expected)
    }

    @Test func elements() {
        #expect(SyntaxDump.of("const a = <b c={d()}>e</b>; f()", elements: true) == "(const a = <>) f()")
    }

    /// Deep nesting is cut, not followed to the end of the stack, and what stands after it is still read.
    @Test(arguments: [
        "(", "[", "{a:", "f(", "x=>{", "if(a){", "!", "a?", "`${", "class{a=", "a=", "new ", "(a)=>", "-",
    ])
    func deep(_ opening: String) {
        let source = String(repeating: opening, count: 20_000)
        let lexer = JavaScriptLexer.lex(Array(source.utf8), elements: true)
        #expect(JavaScriptParser.parse(lexer).tooDeep != nil)
    }

    @Test(arguments: ["a.b", "a()", "+a", "||a", ",a", " else if (a) b", "[a]", "a=>", "<a>", "{}", ";"])
    func long(_ piece: String) {
        let source = "if (a) b" + String(repeating: piece, count: 20_000) + ";last()"
        let lexer = JavaScriptLexer.lex(Array(source.utf8), elements: false)
        _ = JavaScriptParser.parse(lexer)
    }

    static let corpus = """
        #!/usr/bin/env node
        import http, { createServer as make } from 'node:http'; // bindlint: ignore[x] -- y
        @Module({ a: [1, 2] }) class A<T> extends B<T> { private readonly p = 1; constructor(private q: Q) { super() } }
        const re = /a[/]b/g, t = `x${y ? `z${1}` : ''}w`, { port = 3000, ...rest } = process.env as any;
        const jsx = <div a="b" c={d}>text {e} <f.g/></div>;
        export default async function* run(this: void, n?: number): Promise<void> {
          for (const x of [1, 2]) if (x < 3 && y >> 1 > 2) await server.listen(+port || 3000, () => { done!() });
          switch (n) { case 1: return; default: throw new Error('é') }
        }
        enum E { A = 1, B }
        """

    /// Every beginning and every change of one byte gives an answer, with ranges inside of the file.
    @Test func broken() {
        let bytes = Array(Self.corpus.utf8)
        for length in 0...bytes.count { check(Array(bytes[..<length])) }
        let replacements = Array("'`/(<{}>)\n\\".utf8)
        for offset in bytes.indices {
            var changed = bytes
            changed[offset] = replacements[offset % replacements.count]
            check(changed)
        }
    }

    private func check(_ bytes: [UInt8]) {
        let lexer = JavaScriptLexer.lex(bytes, elements: true)
        let statements = JavaScriptParser.parse(lexer).statements
        for token in lexer.tokens where token.range.upperBound > bytes.count { Issue.record("\(token)") }
        for statement in statements where statement.range.upperBound > bytes.count {
            Issue.record("\(statement.range)")
        }
    }

    @Test func specifiers() {
        let source = """
            import a from './a'; import './b'; export * from "./c"; const d = require( './d' ), e = await import(`./e`);
            x.from('no'); importer('no'); from = 3; import f, { g } from
              './f'
            """
        #expect(ModuleSpecifiers.scan(Array(source.utf8)) == ["./a", "./b", "./c", "./d", "./e", "./f"])
    }
}
