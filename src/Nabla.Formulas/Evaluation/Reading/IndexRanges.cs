using Nabla.Formulas.Trees;
using Nabla.Tensors;

namespace Nabla.Formulas.Evaluation.Reading;

/// <summary>An index of a bound list as it stands somewhere in a formula.</summary>
/// <param name="Table">The list's name.</param>
/// <param name="Length">How many elements it has in that dimension.</param>
/// <param name="Index">The index.</param>
/// <param name="IsLast">
/// Whether another index runs up to it: below it may be none, and further than the list it need not go.
/// </param>
internal readonly record struct IndexUse(string Table, int Length, Expression Index, bool IsLast = false);

/// <summary>Finds how far an index runs from the lengths of the lists that it indexes.</summary>
internal sealed class IndexRanges(Interpreter interpreter)
{
    /// <summary>All indices of bound lists below a node.</summary>
    /// <param name="body">The node.</param>
    /// <param name="scope">The letters that run around it.</param>
    /// <param name="running">More letters that run.</param>
    public List<IndexUse> Uses(Expression body, Scope scope, IEnumerable<string> running)
    {
        var uses = new List<IndexUse>();
        Collect(body, scope, new HashSet<string>(running, StringComparer.Ordinal), uses);
        return uses;
    }

    /// <summary>From where to where an index can run, given where it is used; null if nothing bounds it.</summary>
    /// <param name="name">The letter.</param>
    /// <param name="uses">Where it is used.</param>
    /// <param name="scope">The letters that run around it.</param>
    /// <param name="fromZero">The lists whose first element is number 0.</param>
    public (int From, int To)? Range(
        string name, List<IndexUse> uses, Scope scope, IReadOnlySet<string>? fromZero = null)
    {
        double from = double.NegativeInfinity, to = double.PositiveInfinity;
        foreach (IndexUse use in uses)
        {
            if (Linear(use.Index, name, scope) is not { Slope: 1 } line)
                continue;
            int first = fromZero?.Contains(use.Table) == true ? 0 : 1;
            if (use.IsLast)
            {
                to = Math.Min(to, use.Length - 1 + first - Math.Max(line.Offset, 0));
                continue;
            }
            from = Math.Max(from, first - line.Offset);
            to = Math.Min(to, use.Length - 1 + first - line.Offset);
        }
        if (double.IsInfinity(to))
            return null;
        WarnOfLengths(name, uses, scope);
        return ((int)Math.Max(from, fromZero is null ? 1 : 0), (int)to);
    }

    // x_i + y_i of lists of different length; r_t + γV_{t+1} − V_t has one V more than r.
    private void WarnOfLengths(string name, List<IndexUse> uses, Scope scope)
    {
        IndexUse[] plain =
            [.. uses.Where(use => use is { IsLast: false, Index: Symbol symbol } && symbol.Name == name)];
        IndexUse[] fixedOnes = [.. plain.Where(use => !uses.Any(other => other.Table == use.Table
            && other.Index is not Symbol && Linear(other.Index, name, scope) is { Slope: 1 }))];
        if (fixedOnes.Select(use => use.Length).Distinct().Count() > 1)
            interpreter.Warn($"the lists that {name} indexes have different lengths ("
                + string.Join(", ", fixedOnes.Select(use => $"{use.Table}: {use.Length}")
                    .Distinct(StringComparer.Ordinal)) + "); it runs as far as the shortest.");
    }

    /// <summary>The lists that an index which begins with 0 calls by 0 for their first element.</summary>
    public HashSet<string> FromZero(string name, List<IndexUse> uses, Scope scope)
    {
        var lowest = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (IndexUse use in uses)
            if (Linear(use.Index, name, scope) is { Slope: 1 } line)
                lowest[use.Table] = Math.Min(lowest.GetValueOrDefault(use.Table, double.PositiveInfinity), line.Offset);
        return [.. lowest.Where(table => table.Value == 0).Select(table => table.Key)];
    }

    /// <summary>An index as slope·name + rest, other letters at their smallest; null if it is not linear.</summary>
    public (double Slope, double Offset)? Linear(Expression index, string name, Scope scope)
    {
        switch (index)
        {
            case Number number:
                return (0, number.Value);
            case Symbol symbol when symbol.Name == name:
                return (1, 0);
            case Symbol symbol when scope.Find(symbol.Name) is { Axis: not null } running:
                return (0, running.Smallest);
            case Symbol symbol when interpreter.Store.Find(symbol.Name) is { Shape.Rank: 0 } stored:
                return (0, stored.Quantity().Node.Scalar);
            case Symbol symbol when interpreter.Lookup.MayRun(symbol):
                return (0, 1);
            case Negation negation when Linear(negation.Operand, name, scope) is { } line:
                return (-line.Slope, -line.Offset);
            case Sum sum:
                (double Slope, double Offset) total = (0, 0);
                foreach (Expression term in sum.Terms)
                {
                    if (Linear(term, name, scope) is not { } line)
                        return null;
                    total = (total.Slope + line.Slope, total.Offset + line.Offset);
                }
                return total;
            default:
                return null;
        }
    }

    private void Collect(Expression node, Scope scope, HashSet<string> running, List<IndexUse> uses)
    {
        if (interpreter.AccessOf(node, scope, name => Runs(name, scope, running)) is { } access)
            foreach ((int dimension, Expression index) in access.Indices)
                uses.Add(new(access.Name, access.Shape[dimension], index));
        else if (node is Element element && SizesOf(element.Target, scope, running) is { } sizes)
            for (int i = 0; i < Math.Min(element.Indices.Count, sizes.Rank); i++)
                uses.Add(new("the value", sizes[i], element.Indices[i]));
        if (node is BigOperator { Range.Domain: not null } over
            && Neighbours.UseOf(interpreter, over.Range) is { } neighbours)
            uses.Add(neighbours);
        if (node is BigOperator big && (big.Range.Variables.Count > 0 || LastOf(big.Range.Condition) is not null))
            CollectWithin(big, scope, running, uses);
        else
            foreach (Expression child in node.Children)
                Collect(child, scope, running, uses);
    }

    /// <summary>
    /// An inner index goes as far as its limits: where a limit depends on a letter, that letter is bounded too.
    /// </summary>
    private void CollectWithin(BigOperator big, Scope scope, HashSet<string> running, List<IndexUse> uses)
    {
        var names = big.Range.Variables.OfType<Symbol>().Select(variable => variable.Name)
            .ToHashSet(StringComparer.Ordinal);
        if (names.Count > 1)
            names.RemoveWhere(name => Runs(name, scope, running)); // the k of Σ_k Σ_{i≤k}
        if (names.Count == 0 && big.Range.Condition is Relation { Members: [Symbol below, ..] })
            names.Add(below.Name);
        var inner = new List<IndexUse>();
        Collect(big.Body, scope, [.. running, .. names], inner);
        foreach (IndexUse use in inner)
        {
            bool isInner = use.Index.All().Any(part => part is Symbol symbol && names.Contains(symbol.Name));
            if (!isInner)
                uses.Add(use);
            else if (names.Count == 1)
            {
                if (big.Range.From is { } from)
                    uses.Add(use with { Index = Replace(use.Index, names, from) });
                if ((big.Range.To ?? LastOf(big.Range.Condition)) is { } to)
                    uses.Add(use with { Index = Replace(use.Index, names, to), IsLast = true });
            }
        }
    }

    // The k of Σ_{i ≤ k}.
    private static Symbol? LastOf(Expression? condition) =>
        condition is Relation { Members: [Symbol, Symbol last], Operators: [{ Sign: "≤" }] } ? last : null;

    /// <summary>
    /// The sizes of something computed that does not depend on the letters: softmax(z) of softmax(z)ᵢ.
    /// </summary>
    private Shape? SizesOf(Expression target, Scope scope, HashSet<string> running)
    {
        if (target.All().Any(part => part is Symbol symbol && running.Contains(symbol.Name)))
            return null;
        try
        {
            return interpreter.Silently(() => interpreter.Evaluate(target, scope)).Own;
        }
        catch (FormulaException)
        {
            return null; // what is wrong with it is said when its value is needed
        }
    }

    private static Expression Replace(Expression index, HashSet<string> names, Expression by) =>
        index.Rewrite(part => part is Symbol symbol && names.Contains(symbol.Name) ? by : part);

    private bool Runs(string name, Scope scope, HashSet<string> running) =>
        running.Contains(name) || interpreter.Runs(name, scope);
}
