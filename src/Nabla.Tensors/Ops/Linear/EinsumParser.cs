namespace Nabla.Tensors.Ops;

/// <summary>
/// The labels of an Einstein sum: letters, and for the dimensions that "..." stands for the numbers −1 (the last),
/// −2, ….
/// </summary>
/// <param name="Operands">The labels of each operand's dimensions.</param>
/// <param name="Result">The labels of the result's dimensions.</param>
internal sealed record EinsumLabels(List<int>[] Operands, List<int> Result)
{
    /// <summary>Reads an equation such as <c>bij,bjk->bik</c>.</summary>
    public static EinsumLabels Parse(string equation, ReadOnlySpan<Tensor> operands)
    {
        string text = equation.Replace(" ", "", StringComparison.Ordinal);
        string[] sides = text.Split("->");
        string[] terms = sides[0].Split(',');
        if (sides.Length > 2 || terms.Length != operands.Length)
            throw Wrong(equation, $"it names {terms.Length} operands for {operands.Length} tensors");
        var labels = new List<int>[terms.Length];
        for (int k = 0; k < terms.Length; k++)
        {
            int letters = terms[k].Replace("...", "", StringComparison.Ordinal).Length, rank = operands[k].Rank;
            bool open = terms[k].Contains("...", StringComparison.Ordinal);
            if (open ? letters > rank : letters != rank)
                throw Wrong(equation, $"'{terms[k]}' has {letters} labels for {operands[k].Shape}");
            labels[k] = Read(equation, terms[k], rank - letters);
        }
        int hidden = labels.Max(term => term.Count(label => label < 0));
        List<int> result = sides.Length == 2 ? Read(equation, sides[1], hidden) : Implicit(labels, hidden);
        foreach (int label in result)
            if (label > 0 && !Array.Exists(labels, term => term.Contains(label)))
                throw Wrong(equation, $"the result's label '{(char)label}' is none of an operand");
        if (result.Distinct().Count() != result.Count)
            throw Wrong(equation, "the result names a label twice");
        return new EinsumLabels(labels, result);
    }

    /// <summary>The dimensions of "..." first, then the labels that occur once, in the alphabet's order.</summary>
    private static List<int> Implicit(List<int>[] operands, int hidden)
    {
        IEnumerable<int> once = operands.SelectMany(term => term).Where(label => label > 0)
            .GroupBy(label => label).Where(group => group.Count() == 1).Select(group => group.Key).Order();
        return [.. Enumerable.Range(-hidden, hidden), .. once];
    }

    private static List<int> Read(string equation, string term, int hidden)
    {
        var labels = new List<int>();
        int at = term.IndexOf("...", StringComparison.Ordinal);
        for (int i = 0; i < term.Length; i++)
        {
            if (i == at)
            {
                labels.AddRange(Enumerable.Range(-hidden, hidden));
                i += 2;
            }
            else if (char.IsAsciiLetter(term[i]))
                labels.Add(term[i]);
            else
                throw Wrong(equation, $"'{term[i]}' is no letter");
        }
        return labels;
    }

    private static ArgumentException Wrong(string equation, string what) => new(
        $"Einsum: in \"{equation}\" {what}; write one term of letters for each tensor, such as \"bij,bjk->bik\".");
}
