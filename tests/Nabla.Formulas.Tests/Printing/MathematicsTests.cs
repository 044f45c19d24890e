using System.Xml.Linq;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Trees;
using static Nabla.Formulas.Tests.Printing.SampleTrees;

namespace Nabla.Formulas.Tests.Printing;

public class MathematicsTests
{
    private static readonly string[] Elements =
    [
        "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup", "munder",
            "mover",
        "munderover", "mtable", "mtr", "mtd",
    ];

    public static TheoryData<string, string, string> Written()
    {
        var data = new TheoryData<string, string, string>();
        foreach ((string key, (_, string latex, string text)) in Trees)
            data.Add(key, latex, text);
        return data;
    }

    private static readonly Dictionary<string, (Expression Tree, string Latex, string Text)> Trees =
        new(StringComparer.Ordinal)
        {
            ["attention"] = (Attention,
            @"\operatorname{Attention}(Q, K, V) = \operatorname{softmax}\left(\frac{Q K^{\top}}{\sqrt{d_{k}}}\right) V",
            "Attention(Q, K, V) = softmax(Q Kᵀ/√dₖ) V"),
            ["cross entropy"] = (CrossEntropy,
            @"\mathcal{L}_{\mathrm{CE}} = -\frac{1}{N} \sum_{i=1}^{N} \sum_{c=1}^{C} y_{i,c} \log \hat{y}_{i,c}",
            "ℒ_CE = −(1/N) ∑ᵢ₌₁ᴺ ∑_{c=1}^C y_{i,c} log ŷ_{i,c}"),
            ["huber"] = (Huber,
            @"L_{\delta}(a) = \begin{cases} \frac{1}{2} a^{2} & \text{if }\left|a\right| \leq \delta \\ "
            + @"\delta \left(\left|a\right| - \frac{1}{2} \delta\right) & \text{otherwise} \end{cases}", ""),
            ["elbo"] = (Elbo, @"\mathbb{E}_{x \sim p}[\log p_{\theta}(x \mid z)]", "𝔼_{x ∼ p}[log p_θ(x | z)]"),
            ["nested sums"] = (Add(Name("a"), new Negation(Add(Name("b"), Name("c")))), "a - (b + c)", "a − (b + c)"),
            ["nested powers"] = (new Power(new Power(Name("a"), Name("b")), Name("c")), "(a^{b})^{c}", "(aᵇ)ᶜ"),
            ["a sum before a factor"] = (
            Times(new BigOperator(BigOperatorKind.Sum, new([Name("i")]), Name("x", Name("i"))), Name("y")),
            @"\left(\sum_{i} x_{i}\right) y", "(∑ᵢ xᵢ) y"),
            ["a number after a factor"] = (Times(Name("x"), Number(2)), "x (2)", "x (2)"),
        };

    [Theory]
    [MemberData(nameof(Written))]
    public void A_tree_is_written_with_the_brackets_it_needs(string key, string latex, string text)
    {
        FormulaPrinter.Print(Trees[key].Tree, "latex").ShouldBe(latex);
        if (text.Length > 0)
            FormulaPrinter.Print(Trees[key].Tree, "text").ShouldBe(text);
    }

    [Theory]
    [MemberData(nameof(Written))]
    public void Mathml_is_well_formed(string key, string latex, string text)
    {
        string mathml = FormulaPrinter.Print(Trees[key].Tree, "mathml");
        XElement math = XElement.Parse(mathml);
        math.Name.LocalName.ShouldBe("math", $"{latex} {text}");
        foreach (XElement element in math.Descendants())
            Array.IndexOf(Elements, element.Name.LocalName).ShouldBeGreaterThanOrEqualTo(0, element.Name.LocalName);
    }

    [Fact]
    public void What_means_something_to_xml_or_latex_is_escaped()
    {
        var tree = new Words("a < b & \"c\" \\ {50%} _^~#$ \u0001");
        XElement.Parse(FormulaPrinter.Mathml(tree)).Value.ShouldBe(
            "a\u00A0<\u00A0b\u00A0&\u00A0\"c\"\u00A0\\\u00A0{50%}\u00A0_^~#$\u00A0");
        FormulaPrinter.Latex(new Words("50% {a_b}")).ShouldBe(@"\text{50\% \{a\_b\}}");
    }

    [Fact]
    public void An_unknown_language_is_named_with_those_there_are() =>
        Should.Throw<FormulaException>(() =>
            FormulaPrinter.Print(Elbo, "cobol")).Message.ShouldContain("latex, mathml");
}
