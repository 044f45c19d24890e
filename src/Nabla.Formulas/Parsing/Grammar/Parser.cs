using Nabla.Formulas.Parsing.Conventions;
using Nabla.Formulas.Parsing.Tokens;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Grammar;

/// <summary>
/// Reads tokens into a tree by recursive descent, looking only ahead: statements, relations, sums, products, factors.
/// What the signs leave open is settled by the classes in Conventions.
/// </summary>
internal sealed partial class Parser
{
    /// <summary>How deep anything may lie within anything else.</summary>
    private const int DeepestNesting = 160;

    private readonly string text;
    private readonly List<Token> tokens;
    private readonly BracketMap brackets;
    private readonly Facts facts;
    private readonly List<Choice> choices;
    private Surroundings inside;
    private int at;
    private int depth;

    // What signs mean here because of what is open around.
    private record struct Surroundings(
        bool Absolute, bool Norm, bool BarSeparates, bool Integral, bool ColonSeparates, bool OpenSum);

    public Parser(string text, List<Token> tokens, List<Choice> choices)
    {
        this.text = text;
        this.tokens = tokens;
        this.choices = choices;
        brackets = BracketMap.Of(tokens, text);
        facts = Facts.Of(tokens, brackets);
    }

    private Token Current => tokens[at];

    private Token Next => tokens[Math.Min(at + 1, tokens.Count - 1)];

    private TokenKind Kind => tokens[at].Kind;

    private bool Take(TokenKind kind)
    {
        if (tokens[at].Kind != kind)
            return false;
        at++;
        return true;
    }

    private void Require(TokenKind kind, string what, string why = "")
    {
        if (!Take(kind))
            throw Errors.Expected(what, Current.Start, text, why);
    }

    private void Enter()
    {
        if (++depth > DeepestNesting)
            throw Errors.At($"parts lie more than {DeepestNesting} deep", Current.Start, "a simpler formula", text);
    }

    private void Leave() => depth--;

    private void Choose(SourceSpan source, string taken, string instead) =>
        choices.Add(new Choice(source, taken, instead));

    // The node with its place: from a token to the last one read.
    private T Placed<T>(T node, int firstToken)
        where T : Expression
    {
        if (at <= firstToken)
            return node;
        int start = tokens[firstToken].Start;
        int stop = Math.Max(tokens[at - 1].End, start);
        bool isApplied = node is Call or BigOperator or Expectation or Delimited;
        return (T)(node with
        {
            Source = new SourceSpan(start, stop - start),
            ByRow = isApplied && tokens[firstToken].ByRow.IsSaid ? tokens[firstToken].ByRow : node.ByRow,
        });
    }

    private string Quote(SourceSpan span) =>
        span.Length is > 0 and <= 30 && span.End <= text.Length ? text.Substring(span.Start, span.Length) : "this";
}
