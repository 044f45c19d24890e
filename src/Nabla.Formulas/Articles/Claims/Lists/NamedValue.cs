using Nabla.Formulas.Articles.Reading;
using Nabla.Formulas.Evaluation;

namespace Nabla.Formulas.Articles.Claims.Lists;

/// <summary>What an article says that a name stands for: w = [1, 2].</summary>
/// <param name="Name">The name as formulas have it.</param>
/// <param name="Value">The number, vector or matrix; null where the article says something else of it there.</param>
/// <param name="Place">Where that stands in the file.</param>
/// <param name="Block">The block in which it stands.</param>
internal sealed record NamedValue(string Name, NumberArray? Value, int Place, ArticleBlock Block)
{
    /// <summary>By how much each number may be off as it looks rounded.</summary>
    public IReadOnlyList<double> Slack { get; init; } = [];
}

/// <summary>The names of an article that stand for numbers and lists.</summary>
internal sealed class NamedValues(IEnumerable<NamedValue> values)
{
    private readonly ILookup<string, NamedValue> names =
        values.OrderBy(value => value.Place).ToLookup(value => value.Name, StringComparer.Ordinal);

    /// <summary>Whether any of them is a list.</summary>
    public bool HasLists => names.Any(name => name.Any(value => value.Value is { IsScalar: false }));

    /// <summary>Whether it stands for a list somewhere.</summary>
    public bool IsList(string name) => names[name].Any(value => value.Value is { IsScalar: false });

    /// <summary>Whether it is the name of a number or a list.</summary>
    public bool Contains(string name) => names.Contains(name);

    /// <summary>Whether something is said of a name before a place.</summary>
    public bool IsGivenBefore(string name, int place) => names[name].Any(value => value.Place < place);

    /// <summary>The names that get a list of so many dimensions in a part of the article.</summary>
    public string[] Between(int from, int to, int rank) => [.. names.Where(name => name.Any(value =>
        value.Place >= from && value.Place < to && value.Value?.Shape.Rank == rank)).Select(name => name.Key)];

    /// <summary>
    /// What a name stands for at a place of the article, and whether that is certain: it is said in the same
    /// paragraph, or said nowhere else otherwise.
    /// </summary>
    public (NamedValue Value, bool IsCertain)? At(string name, int place, ArticleBlock block)
    {
        NamedValue[] before = [.. names[name].Where(value => value.Place < place)];
        if (before.Length == 0 || before[^1].Value is not { } last)
            return null;
        bool isSame = names[name].All(value => value.Value is null || value.Value.Equals(last))
            && before.All(value => value.Value is not null);
        return (before[^1], before[^1].Block == block || isSame);
    }
}
