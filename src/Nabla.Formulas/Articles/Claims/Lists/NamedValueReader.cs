using System.Text.RegularExpressions;
using Nabla.Formulas.Articles.Reading;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Articles.Claims.Lists;

/// <summary>
/// Finds what an article says that names stand for, in formulas and in words: let the weights be (1, 2).
/// </summary>
internal sealed partial class NamedValueReader
{
    private const int LongestLine = 5000, MostNames = 400, MostNumbers = 400, LongestFormula = 600,
        MostCharacters = 20_000;

    private static readonly Dictionary<string, string> Usual = new(StringComparer.OrdinalIgnoreCase)
    {
        ["weight"] = "w",
        ["input"] = "x",
        ["feature"] = "x",
        ["bias"] = "b",
    };

    private readonly List<NamedValue> found = [];
    private ArticleBlock block = null!;
    private int characters;

    private readonly Dictionary<string, string?> canonical = new(StringComparer.Ordinal);

    private NamedValueReader()
    {
    }

    private bool IsFull => found.Count > MostNames;

    /// <summary>All that an article says.</summary>
    public static NamedValues Read(Article article)
    {
        var reader = new NamedValueReader();
        foreach (ArticleBlock block in article.Blocks)
        {
            if (block.Kind is not (BlockKind.Paragraph or BlockKind.Formula or BlockKind.Heading)
                || reader.IsFull)
                continue;
            reader.block = block;
            foreach (MappedText formula in block.Kind == BlockKind.Formula ? [block.Text] : block.Formulas)
                reader.ReadFormula(formula);
            if (block.Kind != BlockKind.Formula)
                foreach (MappedText line in block.Text.Lines())
                    reader.ReadWords(line);
        }
        return new NamedValues(reader.found);
    }

    private void ReadFormula(MappedText formula)
    {
        string text = formula.Text;
        if (text.Length > LongestFormula || IsFull || Head().Match(text) is not { Success: true } head)
            return;
        if (!head.Groups["literal"].Success || (characters += text.Length) > MostCharacters)
        {
            if (characters <= MostCharacters && Known(head.Groups["name"].Value) is { } name)
                found.Add(new NamedValue(name, null, formula.Place(head.Length - 1), block));
            return;
        }
        try
        {
            Expression tree = Formula.Parse(text).Tree;
            foreach (Expression part in tree is FormulaSystem system ? system.Formulas : [tree])
                if (part is Relation { Members: [Symbol symbol, var right, ..] } relation
                    && relation.Operators[0].Kind is RelationKind.Equal or RelationKind.Definition
                        or RelationKind.Assignment)
                    AddFormula(symbol, relation.Members.Count == 2 ? right : relation.Members[^1],
                        formula.Place(Math.Clamp(relation.Members[^1].Source.End - 1, 0, text.Length - 1)));
        }
        catch (FormulaException)
        {
            // says nothing
        }
    }

    private void AddFormula(Symbol symbol, Expression right, int place)
    {
        Expression literal = WithoutTranspose(right);
        if (literal.All().Any(part => part is Symbol or Words))
        {
            found.Add(new NamedValue(symbol.Name, null, place, block));
            return;
        }
        NumberArray? value = FormulaClaims.Evaluate(literal, new Bindings());
        if (value is not null && value.Count <= MostNumbers)
            Add(symbol.Name, value, place, [.. literal.All().OfType<Number>().Select(number => SlackOf(number.Text))]);
    }

    private static double SlackOf(string number)
    {
        int at = 0;
        return PrintedNumber.Read(number, ref at) is { LooksRounded: true } printed ? printed.Unit / 2 : 0;
    }

    // A vector is a vector, whether it lies or stands: (1, 2)ᵀ.
    private static Expression WithoutTranspose(Expression right) => right switch
    {
        Postfix { Sign: PostfixSign.Transpose, Operand: Collection list } => list,
        Power { Base: Collection list, Exponent: Symbol { Letter: "T" } } => list,
        _ => right,
    };

    private void ReadWords(MappedText line)
    {
        string text = line.Text;
        if (text.Length > LongestLine || IsFull)
            return;
        foreach (Match match in Binding().Matches(text))
            ReadValue(line, match, match.Groups["name"].Value);
        foreach (Match match in Other().Matches(text))
            if (Known(match.Groups["name"].Value) is { } name)
                found.Add(new NamedValue(name, null, line.Place(match.Index), block));
        foreach (Match match in Noun().Matches(text))
            ReadValue(line, match, match.Groups["name"] is { Success: true } name ? name.Value
                : Usual[match.Groups["noun"].Value]);
    }

    private void ReadValue(MappedText line, Match match, string name)
    {
        string text = line.Text;
        int start = match.Index + match.Length;
        if (Known(name) is not { } known)
            return;
        bool isList = start < text.Length && text[start] is '[' or '(' or '{';
        if (ArithmeticParser.Read(text, start, ArithmeticContext.Plain) is not { } read
            || read.Value.IsList != isList || read.IsComputed && !isList || !End().IsMatch(text.AsSpan(read.End)))
        {
            found.Add(new NamedValue(known, null, line.Place(start), block));
            return;
        }
        List<double> slack = [];
        if (Array(read.Value, slack) is { } value)
            Add(known, value, line.Place(start), slack);
    }

    private void Add(string name, NumberArray value, int place, List<double> slack) =>
        found.Add(new NamedValue(name, value, place, block) { Slack = slack.Count == value.Count ? slack : [] });

    private static NumberArray? Array(Quantity quantity, List<double> slack)
    {
        if (quantity.Items is not { } items)
        {
            slack.Add(quantity.Printed is { LooksRounded: true } printed ? printed.Unit / 2 : 0);
            return new NumberArray(quantity.Real);
        }
        if (items.Count is 0 or > MostNumbers)
            return null;
        NumberArray?[] parts = [.. items.Select(item => Array(item, slack))];
        if (parts[0] is not { } first || !System.Array.TrueForAll(parts, part => part is not null
            && part.Shape.Equals(first.Shape)) || first.Shape.Rank > 1)
            return null;
        int[] sizes = first.IsScalar ? [items.Count] : [items.Count, first.Count];
        return new NumberArray(sizes, [.. parts.SelectMany(part => part!.Values.ToArray())]);
    }

    // The few names of an article are written many times.
    private string? Known(string name)
    {
        if (!canonical.TryGetValue(name, out string? known))
            canonical[name] = known = Canonical(name);
        return known;
    }

    /// <summary>The name as formulas have it, or null.</summary>
    public static string? Canonical(string name)
    {
        try
        {
            return Formula.Parse(name).Tree is Symbol symbol ? symbol.Name : null;
        }
        catch (FormulaException)
        {
            return null;
        }
    }

    // What a name is given: a list or a number, or something else.
    [GeneratedRegex(@"\A\s*(?:\\begin\{[a-z*]+\}\s*)?(?<name>(?:\\(?:mathbf|boldsymbol|bm|vec|hat|bar|tilde|mathrm)\s*"
        + @"\{?\\?\w+\}?|\\?\p{L}+)(?:_(?:\w|\{[\w,]+\}))?)\s*&?\s*(?:=|:=|\\leftarrow|\\gets)\s*&?\s*"
        + @"(?<literal>(?:\\left\s*)?(?:\\?[\[({]|\\begin|[-−]?\d))?", RegexOptions.None)]
    private static partial Regex Head();

    // No part of a formula stands before the name.
    [GeneratedRegex(@"(?<=^\W*|[,;:(`.—–""“] ?|\b(?:with|and|where|for|let|take|given|if|when|say|using|set|at|"
        + @"consider|"
        + @"suppose|example|matri(?:x|ces)|vectors?|weights?|inputs?|bias|distributions?|labels?|logits|scores|"
        + @"targets?|"
        + @"prediction|then|so|get|have|gives|both|points?|the|a|to|values?|arrays?|lists?|now|assume|choose|pick|"
        + @"be|is|are|as|of) )"
        + @"(?<name>\p{L}[\p{Mn}₀-₉]*(?:_?\w{1,2})?|weights|scores|logits) ?(?:=|:=|←) ?(?!=)",
        RegexOptions.IgnoreCase)]
    private static partial Regex Binding();

    // w = w − 0.1 g: no longer what it was.
    [GeneratedRegex(@"(?<![\w.'′^_)(\]|"
        + @"/*+·×−=ᵀ⊤-])(?<![/*+·×−=-] )(?<name>\p{L}[\p{Mn}₀-₉]*(?:_?\w{1,2})?) ?(?:[+*/-]?=|:=|←)"
        + @"(?! ?[=\d[({.−-])", RegexOptions.None)]
    private static partial Regex Other();

    // "let the weights be (1, 2)", "the input vector x is [1, 1]", "a bias of 2", "the matrix A is [[1, 2], [3, 4]]"
    [GeneratedRegex(@"\b(?:(?<noun>weight|input|feature|bias)(?:s|es)?(?: vector)?|matrix (?=\p{L}\b)|"
        + @"vector (?=\p{L}\b))"
        + @" ?(?<name>\p{L}(?![\p{L}=]))? ?(?:be|are|is|of|:|"
        + @"to(?= [\[(]))? ?(?=[\[(][-−\d\[]|[-−]?\d)", RegexOptions.IgnoreCase)]
    private static partial Regex Noun();

    [GeneratedRegex(@"^(?:\^[T⊤]|\^\(?T\)?|ᵀ|⊤|')? ?(?:$|[.,;:)`]|(?:and|then|we|so|the|with|in|into|gives?|"
        + @"yields?|this|which|as|is|it|its|but|or|for|has|have|\(|→|—)(?![\p{L}\d_]))", RegexOptions.None)]
    private static partial Regex End();
}
