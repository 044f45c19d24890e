using Nabla.Formulas.Knowledge;
using Nabla.Numerics;

namespace Nabla.Formulas.Tests.Hostile;

/// <summary>Texts that try a reader of formulas: a kind is one row, and the same seed gives the same texts.</summary>
internal static class HostileTexts
{
    private const int LongestText = 10_000;

    private static readonly (int Weight, Func<Rng, string> Make)[] Kinds =
    [
        (50, Changed), (12, Spliced), (12, GrownFormulas.Random), (6, Noise), (6, Repeated), (4, Deep), (4, Long),
        (6, Extreme), (3, Tower), (1, Longest),
    ];

    private static readonly string[] Pieces =
    [
        "{", "}", "(", ")", "[", "]", "^", "_", @"\frac{", @"\frac", @"\sum_{i=1}^{N}", @"\", "&", @"\\", "1e999",
        "1e5", "9^9^9", "!", "|", "‖", "ᵀ", "′", "\ud800", "\udc00", "\0", "=", "←", "∇", "∂", "d/dx", "log_",
        "softmax(", "p()", @"\mathbb{E}_{x\sim p}", @"\int_0^1", @"\begin{cases}", @"\end{cases}", @"\left(",
        @"\right",
        @"\text{", "$", "²", "₁", "√", @"\hat", "∑", "argmax_", ",", ";", ":", " ", "999999999999", "-",
        "\u202e", "\u0301", "\u0302\u0303", "\u200b", "\ufeff", "😀", "👩‍👩‍👧", "Ｑ", "＋",
        "１", "ａ", "ﬁ", "ẍ", "𝐱", "𝔼",
        "<sub>", "</sub>", "&amp;", "&#x110000;", "&#0;", "\t", "\n", "\r", "\u2028", "%", "#", "~", "`", "\"", "@",
        @"\begin{matrix}", @"\end{matrix}", @"\begin{aligned}", @"\middle|", @"\operatorname{", @"\binom", "!!",
        @"\prod_{k}", @"\lim_{x\to 0}", @"\max_", "⌊", "⌉", "⟨", "⟩", "≤", "∈", "∼", "→", "…", "±", "mod", "where",
        "if ", "for all", "x_{", "x^{", "^{-1}", "^\\top", "^T", "''", "_i_j", "^2^3", @"\sqrt[", "()", "[]", "{}",
        "0", "0.0", "-0", "1e308", "1e-320", "nan", "inf", "∞", "\\infty", "x", "W", "\\theta", "e", "i", "π",
    ];

    private static readonly (string Open, string Inside, string Close)[] Nests =
    [
        (@"\log p/", "q", ""), (@"\sin x/", "y", ""), (@"\log p/q_{", "1", "}"),
        ("(", "x", ")"), ("[", "x", "]"), ("{", "x", "}"), (@"\left(", "x", @"\right)"), ("|", "x", "|"),
        ("‖", "x", "‖"), (@"\frac{", "x", "}{2}"), (@"\frac{1}{", "x", "}"), ("1/(", "x", ")"), (@"\sqrt{", "x", "}"),
        (@"\sqrt[", "x", "]{2}"), ("√", "x", ""), ("x^{", "x", "}"), ("x_{", "x", "}"), ("x^", "x", ""),
        ("x_", "x", ""), (@"\hat{", "x", "}"), (@"\hat", "x", ""), (@"\mathbf{", "x", "}"), (@"\text{", "x", "}"),
        (@"\underbrace{", "x", "}_{y}"), (@"\overset{", "a", "}{b}"), (@"\begin{cases}", "x", @"\end{cases}"),
        (@"\begin{pmatrix}", "x", @"\end{pmatrix}"), (@"\begin{aligned}", "x", @"\end{aligned}"), ("f(", "x", ")"),
        (@"\log ", "x", ""), (@"\sin(", "x", ")"), ("softmax(", "x", ")"), (@"\mathbb{E}_{x \sim p}[", "x", "]"),
        (@"\sum_{i=1}^{2} ", "x_i", ""), (@"\prod_{i=1}^{2} (", "x_i", ")"), (@"\int_0^1 ", "x", " dx"),
        (@"\int_0^{", "1", "} x dx"), (@"\sum_{i=1}^{", "2", "} i"), (@"\max(0, ", "x", ")"),
        (@"\binom{", "5", "}{2}"),
        ("-", "x", ""), ("x - (", "x", ")"), ("∇", "f", ""), (@"\frac{d}{dx}", "x", ""), ("x", "", "!"),
        ("x", "", "′"),
        ("x", "", "ᵀ"), (@"\lim_{x \to 0} ", "x", ""), (@"\arg\max_x ", "x", ""), ("<sub>", "x", "</sub>"),
        ("x = ", "x", ""), ("x, ", "x", ""), ("x | ", "x", ""), ("A B ", "x", ""), ("x ", "", ""), ("1", "", ""),
        ("\"", "x", "\""), (@"\left| ", "x", @" \right|"), ("⌊", "x", "⌋"), ("⟨", "x", "⟩"), ("x ∈ ", "x", ""),
        ("x + ", "x", ""), ("2x", "", ""), ("(", "x", ")^2"), ("(", "x", ")_i"), ("x\u0302", "", ""),
        ("a ⊙ ", "b", ""),
        ("if x: ", "y", " else z"), (@"\mathcal{N}(", "x", "; 0, 1)"), ("p(x | ", "y", ")"), ("\\", "", ""),
        ("$", "x", "$"),
        (@"\overline{", "x", "}"), ("&", "", ""), (@"\\", "", ""), (@"\operatorname{f}", "", ""), ("_", "", ""),
        ("^", "", ""),
    ];

    private static readonly string[] Extremes =
    [
        "10^10^10", "10^{10^{10^{10}}}", "999999999!", "170!", "171!", "(5!)!", "((3!)!)!", "x^{x^{x^x}}", "0^0",
        "1/0",
        "0/0", @"\sum_{i=1}^{10^{12}} i", @"\sum_{i=1}^{10^{12}} x_i", @"\prod_{i=1}^{10^9} x",
        @"\sum_{i=10^{12}}^{1} i",
        @"\sum_{i=-10^9}^{10^9} \frac{1}{i}", @"\sum_{i=1}^{\infty} i", @"\sum_{i=1}^{\infty} \frac{1}{i^2}",
        @"\sum_{i=1}^{\infty} \frac{(-1)^i}{i}", @"\sum_{i=0}^{\infty} \frac{x^i}{i!}",
        @"\prod_{i=1}^{\infty} (1 + \frac{1}{i^2})",
        @"\sum_{i=1}^{999} \sum_{j=1}^{999} \sum_{k=1}^{999} i j k", @"\binom{1000000000}{500000000}",
        @"\binom{-5}{3}",
        @"\binom{60}{30}", @"\binom{n}{10^{12}}", @"\int_0^1 \frac{1}{x} dx", @"\int_{-1}^1 \frac{1}{x^2} dx",
        @"\int_0^1 x^{-0.999} dx", @"\int_{-\infty}^{\infty} e^{-x^2} dx", @"\int_{-\infty}^{\infty} \sin(x) dx",
        @"\int_0^{10^{12}} \sin(x^2) dx", @"\int_0^1 \int_0^1 \int_0^1 x y z dx dy dz",
        @"\int_0^1 \sin(\frac{1}{x}) dx",
        @"\int_0^{\infty} x^{1000} dx", @"\lim_{x \to 0} \frac{\sin x}{x}", @"\lim_{x \to \infty} x^x",
        @"\lim_{x \to 0} \sin(1/x)",
        @"1e999 - 1e999", "1e308 * 10", "1e-308 / 1e308", "0.1e-9999999999", "1" + "e99999999999", "x_{10^{12}}",
        "x_{-1}",
        "x_{1.5}", "x_{x_{x_{x_1}}}", @"A^{10^9}", "A^{-1}", "A^{1000000000000}", "A^{0.5}",
        @"(A B)^{-1} (A B)^{-1}", @"\det(A)",
        @"\max_{x} f(x)", @"\arg\max_{i} x_i", @"\max_{1 \le i \le 10^{12}} i", "x mod 0", "(-1)^{0.5}",
        "(-8)^{1/3}", @"\sqrt[0]{x}",
        @"\sqrt[-3]{x}", @"\sqrt{-1}", @"\log 0", @"\log_1 x", @"\log_0 x", @"\log_{-2} x", "softmax([])",
        "softmax(x)_i", "max()",
        "f(f(f(x)))", "f(x) = f(x)", "f(x) = f(x - 1), f(0) = 1", "f(x) = g(x), g(x) = f(x)", "x = x", "x = x + 1",
        "a = b = c = d",
        @"\mathbb{E}_{x \sim \mathcal{N}(0, 10^{300})}[e^{x}]", @"\mathbb{E}_{x \sim p}[\mathbb{E}_{y \sim q}[x y]]",
        @"\Gamma(10^{10})", @"\Gamma(-1)", @"\Gamma(0.0000001)", @"\zeta(1)", @"\text{erf}(10^{300})",
        @"\tanh(10^{300})", @"e^{e^{e^{e^x}}}",
        @"\frac{d^{1000}}{dx^{1000}} x^{2000}", @"\frac{d}{dx} x^{x^{x^x}}",
        @"\frac{\partial^2}{\partial x \partial y} (x y)^{100}",
        @"\sum_{x \in X} \sum_{y \in Y} p(x, y) \log p(x, y)", @"\sum_{i < j} x_i x_j",
        @"\sum_{i \ne j \ne k} x_i x_j x_k",
        @"(x + y)^{10^6}", @"(x + y + z)^{100}", @"\prod_{i=1}^{100} (x - i)", "x^{1000000}", "x^{-1000000}",
        "x^{0.000001}", "|x|^{10^{10}}",
        @"\left\| x \right\|_{10^{10}}", @"\|x\|_0", @"\|x\|_{-1}", @"\|A\|_F^{10^5}", "A ⊗ A ⊗ A ⊗ A ⊗ A ⊗ A",
        "x ∗ x ∗ x ∗ x", "A A A A A A A A A A",
        "concat(A, A, A)", "one_hot(10^{12})", "diag(diag(x))", "reshape(x, 10^9)", @"\text{tril}(A)", "I_{100000}",
        "I_{10^{12}} x", "0_{10^9}",
        "x_1, …, x_n", "x_1 + ⋯ + x_{10^{12}}",
        @"\sum_{i=1}^n \sum_{j=1}^n \sum_{k=1}^n \sum_{l=1}^n x_i x_j x_k x_l",
    ];

    /// <summary>A text of any kind.</summary>
    public static string Random(Rng rng)
    {
        int at = rng.NextInt(Kinds.Sum(kind => kind.Weight));
        foreach ((int weight, Func<Rng, string> make) in Kinds)
        {
            if (at < weight)
                return make(rng);
            at -= weight;
        }
        return "";
    }

    /// <summary>Every kind of nesting, so deep.</summary>
    public static IEnumerable<string> Nested(int depth) => Nests.Select(nest => Nest(nest, depth));

    /// <summary>Small texts that ask for much.</summary>
    public static IReadOnlyList<string> Extreme() => Extremes;

    // Formulas that many have written.
    private static readonly string[] Written =
        [.. Parsing.Corpus.Formulas, .. KnowledgeBase.Entries.SelectMany(entry => entry.Formulas)];

    private static string Corpus(Rng rng) => Written[rng.NextInt(Written.Length)];

    private static string Piece(Rng rng) => Pieces[rng.NextInt(Pieces.Length)];

    private static string Changed(Rng rng)
    {
        string text = Corpus(rng);
        for (int changes = rng.NextInt(5); changes >= 0; changes--)
            text = Change(text, rng);
        return text;
    }

    private static string Change(string text, Rng rng)
    {
        int at = rng.NextInt(text.Length + 1), length = Math.Min(1 + rng.NextInt(8), text.Length - at);
        ReadOnlySpan<char> before = text.AsSpan(0, at), part = text.AsSpan(at, length),
        after = text.AsSpan(at + length);
        return rng.NextInt(8) switch
        {
            0 => text.Insert(at, Piece(rng)),
            1 => text.Remove(at, length),
            2 => string.Concat(before, part, part, after),
            3 => string.Concat(after, part, before),
            4 => text.Insert(rng.NextInt(text.Length + 1), part.ToString()),
            5 => string.Concat(before, ((char)rng.NextInt(0x10000)).ToString(), after),
            6 => string.Concat(text, " ", Piece(rng), " ", Corpus(rng)),
            _ => string.Concat(before, Piece(rng), after),
        };
    }

    // The beginning of one formula and the end of another, or one within another.
    private static string Spliced(Rng rng)
    {
        string a = Corpus(rng), b = Corpus(rng);
        int inA = rng.NextInt(a.Length + 1), inB = rng.NextInt(b.Length + 1);
        return rng.NextInt(3) switch
        {
            0 => a[..inA] + b[inB..],
            1 => a[..inA] + b + a[inA..],
            _ => a[..inA] + "{" + b[inB..] + "}" + a[inA..],
        };
    }

    private static string Noise(Rng rng)
    {
        int length = 1 + rng.NextInt(rng.NextInt(10) == 0 ? 2000 : 60);
        return rng.NextInt(2) == 0 ? string.Concat(Enumerable.Range(0, length).Select(_ => Piece(rng)))
            : string.Create(length, rng, static (span, rng) =>
            {
                for (int i = 0; i < span.Length; i++)
                    span[i] = (char)rng.NextInt(rng.NextInt(3) == 0 ? 0x10000 : 0x250);
            });
    }

    private static string Repeated(Rng rng) => string.Concat(Enumerable.Repeat(
        rng.NextInt(3) == 0 ? Piece(rng) + Piece(rng) : Piece(rng),
        1 + rng.NextInt(rng.NextInt(4) == 0 ? 4000 : 200)));

    private static string Deep(Rng rng) =>
        Nest(Nests[rng.NextInt(Nests.Length)], rng.NextInt(3) == 0 ? 200 + rng.NextInt(3000) : 1 + rng.NextInt(160));

    private static string Nest((string Open, string Inside, string Close) nest, int depth) => string.Concat(
        [.. Enumerable.Repeat(nest.Open, depth), nest.Inside, .. Enumerable.Repeat(nest.Close, depth)]);

    // As long as anything that is read.
    private static string Long(Rng rng)
    {
        string part = rng.NextInt(2) == 0 ? Corpus(rng) : GrownFormulas.Random(rng);
        string sign = new[] { " + ", " ", " = ", ", ", @" \\ ", " - ", "; ", @" \cdot ", "/", "^",
        " | " }[rng.NextInt(11)];
        string text = part;
        for (int at = rng.NextInt(LongestText); text.Length < at; text += sign + part) { }
        return text.Length > LongestText ? text[..LongestText] : text;
    }

    // Several nestings inside one another: sums of derivatives of powers of cases.
    private static string Tower(Rng rng)
    {
        string text = rng.NextInt(2) == 0 ? "x" : Corpus(rng);
        for (int levels = 1 + rng.NextInt(24); levels > 0 && text.Length < LongestText; levels--)
        {
            (string open, _, string close) = Nests[rng.NextInt(Nests.Length)];
            text = open + text + close;
        }
        return text;
    }

    // About a megabyte, mostly on one line.
    private static string Longest(Rng rng)
    {
        if (rng.NextInt(4) > 0)
            return Repeated(rng);
        string part = rng.NextInt(3) switch { 0 => Piece(rng), 1 => Corpus(rng), _ => GrownFormulas.Random(rng) };
        string line = part + new[] { "", " ", "\n", " = ", "$ $", "|", "> - " }[rng.NextInt(7)];
        return string.Concat(Enumerable.Repeat(line, Math.Max(1, 1_000_000 / Math.Max(1, line.Length))));
    }

    private static string Extreme(Rng rng)
    {
        string text = Extremes[rng.NextInt(Extremes.Length)];
        return rng.NextInt(3) switch
        {
            0 => text,
            1 => text + " + " + Extremes[rng.NextInt(Extremes.Length)],
            _ => Change(text, rng),
        };
    }
}
