using Nabla.Formulas.Articles.Claims;
using Nabla.Formulas.Articles.Python;

namespace Nabla.Formulas.Tests.Articles;

/// <summary>What a program does is charged before it is done, so that none takes long or much memory.</summary>
public class HostileProgramTests
{
    private const long MostAllocated = 150_000_000; // all of it together; less of that is ever held at once

    private const string Long = "s = 'a' * 100000\nl = [0] * 100000\nx = 7 ** 20000\nr = range(100000)\n"
        + "d = {i: i for i in range(9000)}\nimport numpy as np\na = np.ones(200000)\n"
        + "m = np.ones((64, 64)) + np.eye(64)\n";

    private static readonly string[] Grown =
    [
        "l = [1]\nfor i in range(30): l = [l, l]\n", "l = (1,)\nfor i in range(40): l = (l, l)\n",
        "l = {}\nfor i in range(40): l = {'a': l, 'b': l}\n", "l = []\nl.append(l)\n",
    ];

    private static readonly string[] OfGrown =
    [
        "print(l)", "str(l)", "f'{l}'", "'%s' % l", "'{}'.format(l)", "l == l.copy()", "l == [l]", "{l: 1}", "{l}",
        "sorted([l, l])", "l < l", "np.array(l)", "isinstance(1, l)", "l in [l, l]",
    ];

    private static readonly string[] Repeated =
    [
        "s.count('a')", "s.find('a' * 50000 + 'b')", "s.replace('a', 'b' * 1000)", "s[5]", "s[::2]", "len(s)",
        "s.upper()", "s.split('a')", "s == 'b' + s[1:]", "{s: 1}[s]", "s + 'a'", "print(s)", "f'{s}{s}'", "s in s",
        "''.join([s, s])", "float(s)", "l.insert(0, 1)", "l.pop(0)", "l.reverse()", "l.copy()", "l + l", "l[::-1]",
        "1 in l", "l.index(1)", "sorted(l)", "l == [0] * 100000", "sum([l], [])", "l.append([])", "max(l)", "set(l)",
        "print(*l)", "x * x", "x // 3", "-x", "print(x)", "bin(x)", "f'{x:,}'", "pow(x, x, x + 2)", "7 ** 20000",
        "1 << 59000", "math.factorial(2000)", "math.comb(2000, 1000)", "math.gcd(x, 3 ** 30000)", "r[5]", "list(r)",
        "list(zip(r, r))", "list(enumerate(r, x))", "list(range(x, x + 100000))", "d.copy()", "d.pop(5)",
        "len(list(d.items()))", "{10 ** 400 + i for i in range(9000)}", "f'{1e300:.900f}'", "round(1e300, 300)",
        "print('{:1000}' * 90)", "y = a + 1", "a.tolist()", "a.sum()", "np.median(a)", "a.argsort()", "5 in a",
        "a.repeat(2)", "np.stack([a, a])", "np.cumsum(a)", "np.linspace(0, 1, 200000)", "np.outer(a[:440], a[:440])",
        "np.linalg.svd(m)", "np.linalg.inv(m)", "np.linalg.matrix_power(m, 999)", "m @ m", "m[m > 0] = 1",
        "m[list(range(64)) * 90, list(range(64)) * 90]", "list(a)", "np.array(l)", "m = m[None]", "a = a[:, None]",
        "[0 for i in r for j in r]", "(lambda: 0)()", "unknown(l)", "y = l  # [1, 2]",
    ];

    public static TheoryData<string> Programs => new([
        .. Grown.SelectMany(_ => OfGrown, (grown, use) => $"import numpy as np\n{grown}{use}"),
        .. Repeated.Select(one => $"import math\nimport foo\nunknown = foo.bar\n{Long}while True:\n    {one}"),
        "f = lambda *v: f(*v, *v)\nf(1)", "f = lambda n: f(n - 1) + f(n - 1)\nf(100)", "x = 10 ** 10 ** 8",
        "l = [1]\nwhile True: l = [l]", "l = []\nwhile True: l.append({1: 1})", "f'{1:999999999}'",
        "s = {2 ** 52 + i * 2 ** 32 + i for i in range(60000)}", "import numpy as np\nnp.ones(10 ** 9)",
        "import numpy as np\nl = []\nwhile True: l.append(np.ones(200000))",
    ]);

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_takes_no_more_memory_than_its_steps_are_worth(string program)
    {
        var interpreter = new Interpreter();
        long before = GC.GetAllocatedBytesForCurrentThread();
        using Meter.Turn turn = interpreter.Meter.Begin();
        Snippet snippet = Snippet.Run(program, interpreter);
        foreach (SnippetRun run in snippet.Runs)
            new SnippetComments(snippet, run).Compare();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(MostAllocated, program);
    }

    [Theory]
    [InlineData("l = []\nfor i in range(20000):\n    l.append(i)\nprint(len(l), sum(l))", "20000 199990000")]
    [InlineData("print(10 ** 400 / 10 ** 399, (10 ** 20 + 1) / 3, 2 ** 64 / 3 ** 50, -1 / 3, float(2 ** 63 + 1025))",
        "10.0 3.333333333333333e+19 2.569549488920918e-05 -0.3333333333333333 9.223372036854778e+18")]
    [InlineData("import numpy as np\nprint(np.array([7.0, 1.0, -7.0, 7.5]) // 0.1, np.float64(6.0) // 0.1)",
        "[ 69.   9. -70.  74.] 59.0")]
    [InlineData("d = {}\nfor i in range(20000):\n    d[i] = i\nprint(len(d))", "20000")]
    [InlineData("s = 'ab' * 5000\nn = 0\nfor c in s:\n    n += c == 'a'\nprint(n, s[3], s[-3::2])", "5000 b bb")]
    [InlineData("print(2 ** 53 == 2 ** 53 + 1, 2 ** 53 + 1 == float(2 ** 53), len({2 ** 53, 2 ** 53 + 1, 2.0 ** 53}))",
        "False False 2")]
    [InlineData("print(len({1, 1.0, True, 0.0, -0.0}), (1, 'a') in {(1.0, 'a')}, range(3) in {range(3)})",
        "2 True True")]
    [InlineData("print(f'{1234567:,}', f'{-1234567.5:_.1f}', '{:,}'.format(12))", "1,234,567 -1_234_567.5 12")]
    [InlineData("print('a-b--c'.split('-'), 'aaa'.count('aa'), 'aXbX'.replace('X', ''), 'é😀é'[1:], len('é😀'))",
        "['a', 'b', '', 'c'] 1 ab 😀é 2")]
    [InlineData("r = range(10, 0, -3)\nprint(r[1], r[-1], list(r[1:]), len(r), bool(range(0)))",
        "7 1 [7, 4, 1] 4 False")]
    [InlineData("print([(1,), {2: [3]}, {4}], ())", "[(1,), {2: [3]}, {4}] ()")]
    public void An_ordinary_program_gives_what_python_gives(string program, string output) =>
        Snippet.Run(program, new Interpreter()).Runs[0].Seen.Output.ShouldHaveSingleItem().Text.ShouldBe(output);

    [Fact]
    public void After_too_much_work_nothing_is_known_any_more()
    {
        var interpreter = new Interpreter();
        Snippet.Run("x = 1\nwhile True: pass\ny = 2\nprint(x)", interpreter).Runs[0].Seen.Output.ShouldBeEmpty();
        interpreter.Globals["x"].ShouldBeOfType<Unknown>();
        interpreter.Meter.IsSpent.ShouldBeTrue();
    }
}
