using System.Collections.Frozen;
using Nabla.Formulas.Explanation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Paragraphs;

/// <summary>
/// Tells a computation step by step: what is small is said as it stands, what is large was computed in the sentence
/// before
/// and is "the result".
/// </summary>
internal sealed class Moves(English english)
{
    private const int MostWordsInOne = 6, MostSentences = 12;

    private static readonly FrozenDictionary<Type, Func<Moves, Expression, string?>> Writers =
        new Dictionary<Type, Func<Moves, Expression, string?>>
        {
            [typeof(Sum)] = On<Sum>(MoveWords.Adding),
            [typeof(Negation)] = On<Negation>(MoveWords.Negating),
            [typeof(Product)] = On<Product>(MoveWords.Multiplying),
            [typeof(Quotient)] = On<Quotient>(MoveWords.Dividing),
            [typeof(Power)] = On<Power>(MoveWords.Raising),
            [typeof(Root)] = On<Root>(MoveWords.Rooting),
            [typeof(Call)] = On<Call>(MoveWords.Applying),
            [typeof(BigOperator)] = On<BigOperator>(MoveWords.Ranging),
            [typeof(Expectation)] = On<Expectation>(MoveWords.Averaging),
            [typeof(Delimited)] = On<Delimited>(MoveWords.Bracketing),
            [typeof(Gradient)] = On<Gradient>(MoveWords.Differentiating),
            [typeof(Cases)] = On<Cases>(MoveWords.Choosing),
        }.ToFrozenDictionary();

    private readonly List<string> sentences = [];
    private readonly Dictionary<Expression, string> names = [];
    private readonly HashSet<string> explained = new(StringComparer.Ordinal);
    private Expression? last;

    public English English => english;

    /// <summary>The sentences that tell how a node is computed, without capitals and full stops.</summary>
    public static List<string> Of(English english, Expression node)
    {
        var moves = new Moves(english);
        moves.Tell(node);
        return moves.sentences;
    }

    /// <summary>What a part is called in the sentence that comes next.</summary>
    public string Name(Expression node)
    {
        if (node.Equals(last))
            return "the result";
        return names.TryGetValue(node, out string? name) ? name : Small(node);
    }

    /// <summary>Whether a part was computed in an earlier sentence.</summary>
    public bool IsTold(Expression node) => names.ContainsKey(node);

    /// <summary>Whether a function has not been spoken of before; what it is for is said once.</summary>
    public bool IsNew(string function) => explained.Add(function);

    /// <summary>Computes what is too large to be said inside another sentence.</summary>
    public void Prepare(params IEnumerable<Expression> parts)
    {
        foreach (Expression part in parts)
            if (!IsSmall(part) && !names.ContainsKey(part))
                Tell(part);
    }

    /// <summary>The words of a part that was not computed before.</summary>
    public string Small(Expression node)
    {
        Phrase phrase = english.Read(node);
        return phrase.HasPause && phrase.Binding > Binding.Name ? phrase.Bracketed().Text : phrase.Text;
    }

    private void Tell(Expression node)
    {
        if (node is Annotated annotated)
            node = annotated.Inner;
        if (sentences.Count >= MostSentences)
            return;
        string? sentence = Writers.TryGetValue(node.GetType(), out Func<Moves, Expression, string?>? writer)
            ? writer(this, node) : null;
        if (sentence is null)
            return;
        sentences.Add(sentence);
        names[node] = "the " + Noun(node) + " from before";
        last = node;
    }

    private bool IsSmall(Expression node)
    {
        if (node is Symbol or Number || node is Call { Function: Symbol } call
            && call.Arguments.All(part => part is Symbol)
            || !Writers.ContainsKey(node.GetType()))
            return true;
        Phrase phrase = english.Read(node);
        return !phrase.HasPause && phrase.Text.AsSpan().Count(' ') < MostWordsInOne;
    }

    private static string Noun(Expression node) => node switch
    {
        _ when Averages.Of(node) is not null => "average",
        Sum { Terms: [_, Negation] } => "difference",
        Sum or BigOperator { Kind: BigOperatorKind.Sum } => "sum",
        Product or BigOperator { Kind: BigOperatorKind.Product } => "product",
        Quotient => "quotient",
        Power => "power",
        Root => "root",
        Expectation => "average",
        Call { Letter.Length: > 1 } call => call.Letter,
        Delimited { Kind: DelimiterKind.Norm } => "norm",
        _ => "value",
    };

    private static Func<Moves, Expression, string?> On<T>(Func<Moves, T, string?> write) where T : Expression =>
        (moves, node) => write(moves, (T)node);
}
