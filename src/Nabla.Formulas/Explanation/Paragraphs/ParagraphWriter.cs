using Nabla.Formulas.Explanation.Reading;
using Nabla.Formulas.Explanation.Symbols;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Paragraphs;

/// <summary>Writes the paragraph: what the formula is, how it is computed, and what its symbols stand for.</summary>
internal static class ParagraphWriter
{
    private const int MostSymbols = 8, MostWordsInEnding = 12, LongestRole = 70, MostOthers = 6, MostWordsOfOther = 60;
    private const double SureEnough = 0.7; // a name below that is a guess, and told as one

    /// <summary>The paragraph.</summary>
    public static string Write(FormulaContext context, English english, IReadOnlyList<ExplainedSymbol> symbols)
    {
        List<string> sentences =
            [.. Opening(context, english), .. Others(context, english), .. Order(context, english)];
        if (Symbols(symbols, isSure: context.Named is { Confidence: >= SureEnough }) is { Length: > 0 } meanings)
            sentences.Add(meanings);
        return string.Join(' ', sentences.Select(Wording.Sentence));
    }

    private static IEnumerable<string> Opening(FormulaContext context, English english)
    {
        if (context.Named is { } named)
        {
            string guess = named.Confidence < SureEnough ? "this looks like a known formula, but may be another. " : "";
            yield return $"{guess}{named.Name}: {Wording.Continued(named.Meaning)}";
            yield break;
        }
        if (context.Main is not Relation relation)
            yield break;
        if (IsEquation(relation))
        {
            yield return $"this is an equation: it says that {english.Words(relation.Members[0])} and "
                + $"{english.Words(relation.Members[1])} are the same";
            yield break;
        }
        switch (relation.Operators[0].Kind)
        {
            case RelationKind.Assignment:
                yield return $"this is an update: {Left(relation, english)} gets a new value, made from the old one";
                break;
            case RelationKind.Less or RelationKind.Greater:
                yield return "this is an inequality: "
                    + english.Words(new Relation(relation.Members[0], relation.Operators[0], relation.Members[1]));
                break;
            case RelationKind.Equal or RelationKind.Definition when IsNamed(relation.Members[0]):
                yield return $"this says how {Left(relation, english)} is computed";
                break;
            case RelationKind.Equal or RelationKind.Definition or RelationKind.Approximate
                or RelationKind.Proportional:
                break;
            default:
                yield return english.Words(relation);
                break;
        }
    }

    // Of several formulas, those that only help the one that is meant: v = μv + g before p = p − ηv.
    private static IEnumerable<string> Others(FormulaContext context, English english)
    {
        Expression tree = context.Formula.Tree is Qualified qualified ? qualified.Statement : context.Formula.Tree;
        return tree is not FormulaSystem system ? [] : system.Formulas.OfType<Relation>()
            .Where(formula => !ReferenceEquals(formula, context.Main) && IsNamed(formula.Members[0])
                && formula.Operators[0].Kind is RelationKind.Equal or RelationKind.Definition
                    or RelationKind.Assignment)
            .Take(MostOthers).Select(formula => english.Words(formula))
            .Where(words => words.AsSpan().Count(' ') <= MostWordsOfOther);
    }

    private static IEnumerable<string> Order(FormulaContext context, English english)
    {
        var relation = context.Main as Relation;
        Expression computed = relation is null ? context.Main : Side(relation);
        if (computed is Symbol or Number
            || relation is not null && (IsEquation(relation) || !IsComputed(relation.Operators[^1].Kind)))
            yield break;
        List<string> moves = Moves.Of(english, computed);
        for (int i = 0; i < moves.Count; i++)
        {
            bool isLast = i == moves.Count - 1;
            string start = moves.Count == 1 ? "" : i == 0 ? "first, " : isLast ? "finally, " : "then ";
            string end = isLast && relation is not null && computed is not Cases ? Ending(relation, computed, english)
                : "";
            yield return start + moves[i] + end;
        }
    }

    // a² + b² = c²: neither side is a name that the other would define, and neither is a number.
    private static bool IsEquation(Relation relation) => relation is
    {
        Operators: [{ Kind: RelationKind.Equal }], Members: [Sum or Power or Negation, Sum or Power or Negation],
    };

    // What is computed: the right side, unless what has to be computed stands on the left.
    private static Expression Side(Relation relation) => !IsNamed(relation.Members[0])
        && relation.Members[^1].All().Take(50).Count() < relation.Members[0].All().Take(50).Count()
        ? relation.Members[0] : relation.Members[^1];

    private static bool IsComputed(RelationKind kind) => kind is RelationKind.Equal or RelationKind.Definition
        or RelationKind.Assignment or RelationKind.Approximate or RelationKind.Proportional or RelationKind.Less
        or RelationKind.Greater;

    private static bool IsNamed(Expression left) =>
        left is Symbol or Call or Element or Derivative or Gradient or Expectation;

    private static string Ending(Relation relation, Expression computed, English english)
    {
        bool isLeft = ReferenceEquals(computed, relation.Members[0]);
        string other = isLeft ? english.Words(relation.Members[^1]) : Left(relation, english);
        if (other.AsSpan().Count(' ') > MostWordsInEnding)
            return "";
        return relation.Operators[0].Kind switch
        {
            RelationKind.Assignment => $"; that is the new {other}",
            RelationKind.Equal or RelationKind.Definition => $"; that is {other}",
            RelationKind.Approximate => $"; that is about {other}",
            RelationKind.Proportional when !isLeft => $"; {other} is proportional to that",
            _ => "",
        };
    }

    // A function that is defined here is called by its name alone.
    private static string Left(Relation relation, English english) => english.Words(
        relation.Members[0] is Call { Function: Symbol function } call && !call.Given.Any()
            && KnownFunctions.Find(function.Letter) is null ? function : relation.Members[0]);

    // In a formula that nobody knows, what a letter stands for is a guess from what it usually means.
    private static string Symbols(IReadOnlyList<ExplainedSymbol> symbols, bool isSure)
    {
        // Symbols that are the same thing, as θ_t and θ_(t+1), are told together; of two of one name the role says
        // which is which, or nothing does.
        ExplainedSymbol[] worth = [.. symbols.Where(IsWorthTelling)];
        var shared = worth.DistinctBy(symbol => (symbol.Name, symbol.Role)).CountBy(symbol => symbol.Name)
            .Where(pair => pair.Value > 1).Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
        string[] told = [.. worth.GroupBy(symbol => (symbol.Name, RoleOf(symbol)))
            .Take(MostSymbols).Select((group, i) => Told([.. group], i == 0, group.Key.Item2))];
        return told.Length == 0 ? "" : (isSure ? "Here " : "Usually ") + Wording.List(told);

        string RoleOf(ExplainedSymbol symbol) => IsTelling(symbol.Role, shared.Contains(symbol.Name) ? 1 : 3)
            ? symbol.Role : "";
    }

    private static bool IsTelling(string role, int blanks) => role.AsSpan().Count(' ') >= blanks
        && role.Length < LongestRole && role.IndexOfAny([',', ';', '(']) < 0;

    private static string Told(ExplainedSymbol[] same, bool isFirst, string role)
    {
        string verb = !isFirst ? "" : same.Length == 1 ? "stands " : "stand ";
        string names = Wording.List([.. same.Select(symbol => symbol.Text)]);
        string name = Definite(same.Length == 1 ? same[0].Name : Wording.Plural(same[0].Name));
        return $"{names} {verb}for {name}" + (role.Length > 0 ? $" ({role})" : "");
    }

    private static bool IsWorthTelling(ExplainedSymbol symbol) => symbol.Name is not ("quantity" or "index" or "result"
        or "intermediate result" or "function" or "vector" or "matrix" or "set" or "pi" or "number of terms")
        && symbol.Type != "index"
        && symbol.Defined is not ("known number" or "known function" or "computed") && symbol.Role != "given"
        && !(symbol.Type == "function" && KnownFunctions.Find(symbol.Text) is not null)
        && symbol.Name != symbol.Text && !symbol.Name.Contains('(', StringComparison.Ordinal);

    private static string Definite(string name) =>
        name.StartsWith("all ", StringComparison.Ordinal) || name.StartsWith("the ", StringComparison.Ordinal)
            || name.Contains('\'', StringComparison.Ordinal) ? name : "the " + name;
}
