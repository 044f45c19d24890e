using Nabla.Formulas.Explanation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Paragraphs;

/// <summary>The sentence for each kind of computation.</summary>
internal static class MoveWords
{
    public static string Adding(Moves moves, Sum sum)
    {
        moves.Prepare(sum.Terms.Select(Operand));
        string[] plus = [.. sum.Terms.Where(term => term is not Negation).Select(moves.Name)];
        string[] minus = [.. sum.Terms.Where(term => term is Negation).Select(term => moves.Name(Operand(term)))];
        string taken = $"{Wording.List(minus)} {(minus.Length == 1 ? "is" : "are")} subtracted";
        return (plus.Length, minus.Length) switch
        {
            (2, 0) => $"{plus[1]} is added to {plus[0]}",
            (_, 0) => $"{Wording.List(plus)} are added up",
            (0, _) => $"{taken} from 0",
            (1, _) => $"{taken} from {plus[0]}",
            _ => $"{Wording.List(plus)} are added up and {taken}",
        };
    }

    public static string? Negating(Moves moves, Negation negation)
    {
        moves.Prepare(negation.Operand);
        return moves.IsTold(negation.Operand) ? $"the sign of {moves.Name(negation.Operand)} is flipped"
            : $"{moves.Name(negation.Operand)} is taken with a minus sign";
    }

    public static string Multiplying(Moves moves, Product product)
    {
        if (Averages.Of(product) is { } average)
            return Average(moves, average);
        moves.Prepare(product.Factors);
        int told = product.Factors.ToList().FindLastIndex(factor => moves.Name(factor) == "the result");
        bool canSwap = told > 0 && product.Factors.Take(told).All(factor => factor is Number or Quotient);
        string[] names = [.. (canSwap
            ? [product.Factors[told], .. product.Factors.Where((_, i) => i != told)]
            : product.Factors).Select(moves.Name)];
        string by = Wording.List([.. names.Skip(1).Select(name => "by " + name)]);
        string how = product.Sign == ProductSign.Hadamard ? " element by element" : "";
        return $"{names[0]} is multiplied{how} {by}";
    }

    public static string Dividing(Moves moves, Quotient quotient)
    {
        if (Averages.Of(quotient) is { } average)
            return Average(moves, average);
        moves.Prepare(quotient.Numerator, quotient.Denominator);
        return $"{moves.Name(quotient.Numerator)} is divided by {moves.Name(quotient.Denominator)}";
    }

    public static string Raising(Moves moves, Power power)
    {
        moves.Prepare(power.Base, power.Exponent);
        if (power.Base is Symbol { Letter: "e", Kind: SymbolKind.Constant })
            return $"the exponential of {moves.Name(power.Exponent)} is taken";
        return power.Exponent is Number { Value: 2 } ? $"{moves.Name(power.Base)} is squared"
            : $"{moves.Name(power.Base)} is raised to the power {moves.Name(power.Exponent)}";
    }

    public static string Rooting(Moves moves, Root root)
    {
        moves.Prepare(root.Radicand);
        string kind = root.Degree is { } degree ? $"the {moves.Small(degree)}-th root" : "the square root";
        return $"{kind} of {moves.Name(root.Radicand)} is taken";
    }

    public static string? Applying(Moves moves, Call call)
    {
        FunctionWord? word = moves.English.Functions.Find(call);
        if (Distributions.IsDistribution(call) || Calls.IsProbability(call))
            return null;
        moves.Prepare(call.Arguments);
        string does = word?.Does is { } purpose && moves.IsNew(word.Name) ? $", which {purpose}" : "";
        if (!call.Arguments.Any(moves.IsTold))
            return word is null && call.Arguments.Count > 0 && call.Function is Symbol
                ? $"{moves.Small(call.Function)} is applied to {Wording.List([.. call.Arguments.Select(moves.Name)])}"
                : $"{moves.English.Read(call).Text} is taken{does}";
        string[] names = [.. call.Arguments.Select(moves.Name)];
        if (word is null)
            return $"{moves.Small(call.Function)} is applied to {Wording.List(names)}";
        string head = call.Arguments.Count == 2 && word.Pair is { } pair ? pair : word.Of;
        return $"{Wording.Filled(head, names)} is taken{does}";
    }

    public static string? Ranging(Moves moves, BigOperator big)
    {
        string over = BigOperators.RangeOrGuess(moves.English, big);
        string where = over.Length > 0 ? " " + over : "";
        if (big.Kind is BigOperatorKind.ForAll or BigOperatorKind.Exists)
            return null;
        moves.Prepare(big.Body);
        string body = moves.Name(big.Body);
        return big.Kind switch
        {
            BigOperatorKind.Sum => $"{body} is added up{where}",
            BigOperatorKind.Product => $"{body} is multiplied together{where}",
            BigOperatorKind.Limit => $"the limit of {body} {BigOperators.Towards(moves.English, big.Range)} is taken",
            BigOperatorKind.Integral => $"{body} is integrated{where}",
            BigOperatorKind.Max or BigOperatorKind.Supremum => $"the largest value of {body}{where} is taken",
            BigOperatorKind.Min or BigOperatorKind.Infimum => $"the smallest value of {body}{where} is taken",
            BigOperatorKind.ArgMax =>
                $"the {BigOperators.Searched(moves.English, big.Range)} is chosen that makes {body} largest",
            BigOperatorKind.ArgMin =>
                $"the {BigOperators.Searched(moves.English, big.Range)} is chosen that makes {body} smallest",
            _ => null,
        };
    }

    public static string? Averaging(Moves moves, Expectation expectation)
    {
        if (expectation is not { Kind: ExpectationKind.Mean, Arguments: [var body] })
            return null;
        moves.Prepare(body);
        return $"{moves.Name(body)} is averaged{Expectations.Over(moves.English, expectation)}";
    }

    public static string? Bracketing(Moves moves, Delimited node)
    {
        if (node.Items is not [var item])
            return null;
        moves.Prepare(item);
        string name = moves.Name(item);
        return node.Kind switch
        {
            DelimiterKind.Norm => $"the norm of {name} is taken, which measures its length",
            DelimiterKind.Absolute => $"the absolute value of {name} is taken",
            DelimiterKind.Floor => $"{name} is rounded down to a whole number",
            DelimiterKind.Ceiling => $"{name} is rounded up to a whole number",
            DelimiterKind.Determinant => $"the determinant of {name} is taken",
            _ => null,
        };
    }

    public static string? Differentiating(Moves moves, Gradient gradient)
    {
        if (gradient.Of is null)
            return null;
        moves.Prepare(gradient.Of);
        string by = gradient.Variables.Count > 0 ? $" with respect to {moves.English.List(gradient.Variables)}" : "";
        return $"the gradient of {moves.Name(gradient.Of)}{by} is taken, which points where it rises fastest";
    }

    public static string Choosing(Moves moves, Cases cases) =>
        $"the value depends on the case: {moves.English.Read(cases).Text}";

    private static string Average(Moves moves, Average average)
    {
        moves.Prepare(average.Sum.Body);
        string over = Ranges.Over(moves.English, average.Sum.Range);
        return $"{moves.Name(average.Sum.Body)} is averaged{(over.Length > 0 ? " " + over : "")}";
    }

    private static Expression Operand(Expression term) => term is Negation negation ? negation.Operand : term;
}
