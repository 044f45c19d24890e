using System.Collections.Frozen;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Reading;

/// <summary>
/// Says a formula in English as a person reads it aloud. Each kind of node has a method of its own in the files beside
/// this one; the table says which.
/// </summary>
internal sealed class English
{
    // Nobody listens longer; it keeps the reading of a line of a megabyte short.
    private const int MostNodes = 1500;

    private static readonly FrozenDictionary<Type, Func<English, Expression, Phrase>> Readers =
        new Dictionary<Type, Func<English, Expression, Phrase>>
        {
            [typeof(Symbol)] = On<Symbol>(Atoms.Symbol),
            [typeof(Number)] = On<Number>(Atoms.Number),
            [typeof(Words)] = On<Words>(Atoms.Words),
            [typeof(Ellipsis)] = On<Ellipsis>(Atoms.Ellipsis),
            [typeof(Element)] = On<Element>(Atoms.Element),
            [typeof(Annotated)] = On<Annotated>(Atoms.Annotated),
            [typeof(Sum)] = On<Sum>(Sums.Read),
            [typeof(Negation)] = On<Negation>(Sums.Minus),
            [typeof(Product)] = On<Product>(Products.Read),
            [typeof(Quotient)] = On<Quotient>(Quotients.Read),
            [typeof(Power)] = On<Power>(Powers.Read),
            [typeof(Root)] = On<Root>(Powers.Root),
            [typeof(Postfix)] = On<Postfix>(Powers.Postfix),
            [typeof(Infix)] = On<Infix>(Infixes.Read),
            [typeof(Call)] = On<Call>(Calls.Read),
            [typeof(BigOperator)] = On<BigOperator>(BigOperators.Read),
            [typeof(Expectation)] = On<Expectation>(Expectations.Read),
            [typeof(Derivative)] = On<Derivative>(Derivatives.Read),
            [typeof(Gradient)] = On<Gradient>(Derivatives.Gradient),
            [typeof(Delimited)] = On<Delimited>(Brackets.Delimited),
            [typeof(Collection)] = On<Collection>(Brackets.Collection),
            [typeof(MatrixLiteral)] = On<MatrixLiteral>(Brackets.Matrix),
            [typeof(Cases)] = On<Cases>(Brackets.Cases),
            [typeof(Relation)] = On<Relation>(Relations.Read),
            [typeof(Qualified)] = On<Qualified>(Relations.Qualified),
            [typeof(FormulaSystem)] = On<FormulaSystem>(Relations.System),
        }.ToFrozenDictionary();

    private readonly bool hasOneProbability;
    private readonly Func<Call, string?>? ownName;
    private readonly Func<Symbol, bool>? isVector;
    private readonly HashSet<string> measured; // a·b / (‖a‖‖b‖): what has a norm is no number
    private int nodesLeft = MostNodes;

    /// <summary>A reader of this formula and of its parts.</summary>
    /// <param name="root">The formula.</param>
    /// <param name="ownName">What a function is called in this formula where that is not its usual meaning.</param>
    /// <param name="isVector">Whether a name that is not set as a vector is bound to one.</param>
    public English(Expression root, Func<Call, string?>? ownName = null, Func<Symbol, bool>? isVector = null)
    {
        (this.ownName, this.isVector) = (ownName, isVector);
        Functions = FunctionWords.Table;
        measured = [.. root.All().OfType<Delimited>().Where(node => node.Kind == DelimiterKind.Norm)
            .Select(node => node.Items[0]).OfType<Symbol>().Select(symbol => symbol.Name)];
        hasOneProbability = Calls.HasOneProbability(root);
    }

    /// <summary>What is known of functions by name.</summary>
    public FunctionWords Functions { get; }

    /// <summary>Whether a single distribution is spoken of, so that it needs no name.</summary>
    public bool HasOneProbability => hasOneProbability;

    /// <summary>What a function is called in this formula, or null where it is what it usually is.</summary>
    public string? OwnName(Call call) => ownName?.Invoke(call);

    /// <summary>Whether something is a vector by name, by the way it is set or by its value.</summary>
    public bool IsVector(Expression node) => node is Symbol symbol
        && (symbol.IsVector || measured.Contains(symbol.Name) || isVector?.Invoke(symbol) == true);

    /// <summary>The whole reading of a node.</summary>
    public string Words(Expression node)
    {
        nodesLeft = MostNodes;
        return Read(node).Text;
    }

    /// <summary>The reading of a node inside another one.</summary>
    public Phrase Read(Expression node)
    {
        if (nodesLeft-- <= 0)
            return new Phrase("…");
        if (node.ByRow.IsSaid)
            return new Phrase($"{Read(node with { ByRow = RowSense.None }).Text} ({RowCaptions.Of(node.ByRow)})");
        return Readers.TryGetValue(node.GetType(), out Func<English, Expression, Phrase>? reader)
            ? reader(this, node) : new Phrase(Spelling.Compact(node));
    }

    /// <summary>Several nodes as a list: <c>Q, K and V</c>.</summary>
    public string List(IReadOnlyList<Expression> nodes, string last = "and")
    {
        if (nodes is [_, .., Ellipsis, var end])
            return $"{List([.. nodes.SkipLast(2)], ",")} and so on up to {Read(end).Text}";
        if (nodes is [_, .., Ellipsis])
            return $"{List([.. nodes.SkipLast(1)], ",")} and so on";
        var words = new string[nodes.Count];
        for (int i = 0; i < words.Length; i++)
        {
            Phrase phrase = Read(nodes[i]);
            words[i] = nodes.Count > 1 && phrase.HasPause ? phrase.Bracketed().Text : phrase.Text;
        }
        // "L of f of x, and y": y is not what f is applied to.
        bool isOpen = nodes.SkipLast(1).Any(node => node is Call);
        return Wording.List(words, isOpen && nodes.Count == 2 ? ", " + last : last);
    }

    /// <summary>"The root of x": everything that follows up to the next comma belongs to it.</summary>
    public Phrase Of(string head, Expression operand)
    {
        Phrase phrase = Sums.AsNoun(this, operand);
        return phrase.HasPause && phrase.Binding > Binding.Name
            ? new Phrase($"{head} {phrase.Bracketed().Text}") : Phrase.Open($"{head} {phrase.Text}");
    }

    /// <summary>As <see cref="Of"/>, but of a single name it needs no comma: "the mean of x plus 1".</summary>
    public Phrase OfName(string head, Expression operand) =>
        operand is Symbol or Number ? new Phrase($"{head} {Read(operand).Text}") : Of(head, operand);

    private static Func<English, Expression, Phrase> On<T>(Func<English, T, Phrase> read) where T : Expression =>
        (english, node) => read(english, (T)node);
}
