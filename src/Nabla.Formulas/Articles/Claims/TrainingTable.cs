using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>A table of examples: columns of numbers, the last of them 0 or 1.</summary>
internal sealed record TrainingTable(IReadOnlyList<string> Features, IReadOnlyList<double[]> Rows)
{
    private const int FewestRows = 4;

    public static TrainingTable? Read(IReadOnlyList<IReadOnlyList<MappedText>> cells)
    {
        if (cells.Count < FewestRows + 1 || cells[0].Count < 3)
            return null;
        List<double[]> rows = [];
        foreach (IReadOnlyList<MappedText> row in cells.Skip(1))
        {
            double?[] numbers = [.. row.Select(cell => Number(cell)?.Value)];
            if (numbers.Length != cells[0].Count || Array.Exists(numbers, number => number is null))
                return null;
            rows.Add([.. numbers.Select(number => number!.Value)]);
        }
        bool hasClasses = rows.TrueForAll(row => row[^1] is 0 or 1) && rows.Select(row => row[^1]).Distinct()
            .Count() == 2;
        return hasClasses ? new TrainingTable([.. cells[0].SkipLast(1).Select(cell => cell.Text.Trim())], rows) : null;
    }

    /// <summary>The number that a cell holds and nothing else, or null.</summary>
    public static PrintedNumber? Number(MappedText cell)
    {
        string text = cell.Text.Trim().Trim('*', '`');
        int sign = text.Length > 1 && text[0] is '-' or '−' ? 1 : 0, at = sign;
        return PrintedNumber.Read(text, ref at) is { } number && at == text.Length
            ? sign == 0 ? number : number with { Text = "-" + number.Text, Value = -number.Value } : null;
    }

    /// <summary>A column that alone tells the two classes apart, or null.</summary>
    public string? Separating => Enumerable.Range(0, Features.Count)
        .Where(i => Rows.Where(row => row[^1] == 1).Min(row => row[i]) > Rows.Where(row => row[^1] == 0)
        .Max(row => row[i]))
        .Select(i => Features[i]).FirstOrDefault();

    /// <summary>Whether the same rows are there after two columns are exchanged.</summary>
    public bool IsSymmetricIn(int a, int b) =>
        Rows.Select(row => Key(row, a, b)).Order(StringComparer.Ordinal)
            .SequenceEqual(Rows.Select(row => Key(row, a, a)).Order(StringComparer.Ordinal), StringComparer.Ordinal);

    private static string Key(double[] row, int a, int b)
    {
        double[] changed = [.. row];
        (changed[a], changed[b]) = (changed[b], changed[a]);
        return string.Join(' ', changed);
    }
}

/// <summary>Weights that an article prints for the columns of a table of examples.</summary>
internal sealed record PrintedWeights(IReadOnlyList<PrintedNumber> Numbers, MappedText Text)
{
    public static PrintedWeights? Read(IReadOnlyList<IReadOnlyList<MappedText>> cells, TrainingTable table)
    {
        var numbers = new PrintedNumber?[table.Features.Count];
        MappedText? first = null, last = null;
        foreach (IReadOnlyList<MappedText> row in cells.Where(row => row.Count == 2))
        {
            int feature = table.Features.ToList()
                .FindIndex(name => row[0].Text.Contains(name, StringComparison.OrdinalIgnoreCase));
            if (feature < 0 || TrainingTable.Number(row[1]) is not { } number)
                continue;
            numbers[feature] = number;
            first ??= row[0];
            last = row[1];
        }
        if (first is null || last is null || Array.Exists(numbers, number => number is null))
            return null;
        var text = new MappedText.Builder();
        foreach (MappedText cell in cells.SelectMany(row => row)
            .Where(cell => cell.Place(0) >= first.Place(0) && cell.Place(0) <= last.Place(0)))
        {
            text.Add(cell);
            text.Add(' ', cell.Place(cell.Length));
        }
        return new PrintedWeights([.. numbers.Select(number => number!)], text.Take());
    }
}
