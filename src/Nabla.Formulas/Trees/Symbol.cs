using System.Text;

namespace Nabla.Formulas.Trees;

/// <summary>
/// A name: a variable, a constant, the name of a function. <c>\hat{\mathbf{y}}_{i,c}</c> is the letter <c>y</c> with a
/// hat, bold, with the subscripts <c>i</c> and <c>c</c>.
/// </summary>
/// <param name="Letter">
/// The letter or word by itself: <c>x</c>, <c>theta</c> (Greek letters by their English names), <c>softmax</c>,
/// <c>precision</c>.
/// </param>
public sealed record Symbol(string Letter) : Expression
{
    // Every lookup and comparison asks for the name, which is long where subscripts have subscripts.
    private string? name, stemName;

    /// <summary>A copy finds its names anew, for it may get other marks.</summary>
    private Symbol(Symbol original)
        : base(original)
    {
        (Letter, Prefix, Accents, Primes) = (original.Letter, original.Prefix, original.Accents, original.Primes);
        (Subscripts, Superscripts) = (original.Subscripts, original.Superscripts);
        (Alphabet, Kind) = (original.Alphabet, original.Kind);
        (IsVariant, IsNamedByLetter) = (original.IsVariant, original.IsNamedByLetter);
    }

    /// <summary>
    /// What is put before the letter and makes one name with it: <c>Delta</c> of ΔW, <c>d</c> of dx; or empty.
    /// </summary>
    public string Prefix { get; init; } = "";

    /// <summary>
    /// Marks over the letter, innermost first: <c>hat</c>, <c>bar</c>, <c>tilde</c>, <c>dot</c>, <c>vec</c>.
    /// </summary>
    public NodeList<string> Accents { get; init; } = [];

    /// <summary>How many primes follow: 1 in s′.</summary>
    public int Primes { get; init; }

    /// <summary>
    /// Indices and labels below: <c>t − 1</c> in x_{t−1}, <c>i</c> and <c>c</c> in y_{i,c}, the word <c>max</c> in
    /// η_max.
    /// </summary>
    public NodeList<Expression> Subscripts { get; init; } = [];

    /// <summary>
    /// Labels above, which are no powers: <c>l</c> in W^{(l)}, <c>Q</c> in W^Q, and the words <c>star</c>, <c>plus</c>,
    /// <c>minus</c> for the signs in θ*, x⁺, θ⁻.
    /// </summary>
    public NodeList<Expression> Superscripts { get; init; } = [];

    /// <summary>The alphabet it was set in, which says something of its type but does not change the name.</summary>
    public Alphabet Alphabet { get; init; }

    /// <summary>
    /// Whether the letter was written in its other form, ς or \varsigma for sigma, which does not change the name; in
    /// a formula that has both forms the other one is a letter of its own, <c>varsigma</c>.
    /// </summary>
    public bool IsVariant { get; init; }

    /// <summary>
    /// Whether an arrow is no part of the name: x⃗ is called <c>x</c> where the formula has no other x.
    /// </summary>
    public bool IsNamedByLetter { get; init; }

    /// <summary>What part it plays, as far as its place in the formula says.</summary>
    public SymbolKind Kind { get; init; }

    /// <summary>
    /// The name by which values are given: letter, accents, primes, then subscripts and superscripts joined by
    /// <c>_</c>: <c>alpha_bar_t-1</c>, <c>theta_t_i</c>, <c>s_prime</c>, <c>W_2</c>, <c>Delta W</c>.
    /// </summary>
    public string Name => name ??= StemName + Joined(Subscripts) + Joined(Superscripts);

    /// <summary>The name without subscripts and superscripts: <c>alpha_bar</c> of ᾱₜ.</summary>
    public string StemName => stemName ??= Stem();

    /// <inheritdoc/>
    public override IReadOnlyList<Expression> Children =>
        Superscripts.Count == 0 ? Subscripts : [.. Subscripts, .. Superscripts];

    /// <summary>Whether it is the inverse of a function: f⁻¹ in f⁻¹(x).</summary>
    public bool IsInverse => Superscripts is [Negation { Operand: Number { Value: 1 } }];

    /// <summary>Whether it is set as a vector: a bold small letter, or one with an arrow.</summary>
    public bool IsVector => Alphabet == Alphabet.Bold && char.IsLower(Letter[0]) || Accents is [.., "vec"];

    /// <summary>A name without anything around it.</summary>
    public bool IsBare => Subscripts.Count + Superscripts.Count == 0;

    /// <inheritdoc/>
    public override Expression WithChildren(IReadOnlyList<Expression> children) => this with
    {
        Subscripts = [.. children.Take(Subscripts.Count)],
        Superscripts = [.. children.Skip(Subscripts.Count)],
    };

    /// <summary>
    /// Whether both are the same name: alphabet and <see cref="Kind"/> do not matter, as a vector is often set in bold
    /// in one place and not in another.
    /// </summary>
    public bool Equals(Symbol? other) => other is not null && Name == other.Name;

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    private string Stem()
    {
        var text = new StringBuilder();
        if (Prefix.Length > 0)
            text.Append(Prefix).Append(Prefix.Length > 1 ? " " : "");
        text.Append(Letter);
        foreach (string accent in Accents)
            if (!IsNamedByLetter || accent != "vec")
                text.Append('_').Append(accent);
        for (int i = 0; i < Primes; i++)
            text.Append("_prime");
        return text.ToString();
    }

    private static string Joined(NodeList<Expression> marks) => marks.Count == 0 ? "" : string.Concat(marks.Select(
        (mark, i) => i > 0 && mark is Symbol { Letter: ['-', ..] } ? Label(mark) : "_" + Label(mark))); // L_beta-VAE

    // As one types it: no spaces, products without a sign.
    private static string Label(Expression mark) => mark switch
    {
        Symbol symbol => symbol.Name,
        Number number => number.Text,
        Words words => words.Value.Trim(),
        Negation negation => "-" + Label(negation.Operand),
        Sum sum => string.Concat(sum.Terms.Select((term, i) =>
            i > 0 && term is not Negation ? "+" + Label(term) : Label(term))),
        Relation relation => string.Concat(relation.Members.Select((member, i) =>
            (i > 0 ? relation.Operators[i - 1].Sign : "") + Label(member))),
        Infix { Operands: [var only] } prefixed => prefixed.Sign + Label(only),
        Infix infix => string.Join(infix.Sign, infix.Operands.Select(Label)),
        Quotient quotient => Label(quotient.Numerator) + "/" + Label(quotient.Denominator),
        Ellipsis => "...",
        Call call => string.Join('_', call.Children.Select(Label)),
        _ => string.Concat(mark.Children.Select(Label)),
    };
}

/// <summary>The alphabet in which a letter was set.</summary>
public enum Alphabet : byte
{
    /// <summary>As usual.</summary>
    Plain,

    /// <summary>Bold: by custom a vector or a matrix.</summary>
    Bold,

    /// <summary>Calligraphic or script: by custom a set, a loss, a distribution.</summary>
    Calligraphic,

    /// <summary>Blackboard bold: ℝ, 𝔼.</summary>
    Blackboard,

    /// <summary>Upright: a word or the name of a function.</summary>
    Upright,

    /// <summary>Fraktur.</summary>
    Fraktur,
}

/// <summary>What part a symbol plays in its formula, as far as its place says.</summary>
public enum SymbolKind
{
    /// <summary>A quantity.</summary>
    Variable,

    /// <summary>It is applied to arguments: f in f(x), softmax.</summary>
    Function,

    /// <summary>A number that everybody knows: π, e, ∞.</summary>
    Constant,

    /// <summary>It runs over a range: i under a sum, x under an integral.</summary>
    Index,

    /// <summary>It only tells symbols apart: <c>min</c> in η_min.</summary>
    Label,

    /// <summary>A set or a space: ℝ, a data set.</summary>
    Set,

    /// <summary>A distribution: 𝒩, p in x ∼ p.</summary>
    Distribution,
}
