using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Articles.Claims.Lists;

/// <summary>A formula in which names stand for what the article gave: at least one of them a list.</summary>
internal sealed class ListFormula
{
    // What is the same in all definitions in use.
    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal)
    {
        "det", "trace", "tr", "Tr", "rank", "softmax", "relu", "ReLU", "sigmoid", "sigma", "tanh", "max", "min", "sum",
        "mean", "dot", "log", "ln", "exp", "log2",
    };

    private readonly Expression tree;
    private readonly List<NamedValue> used;

    private ListFormula(Expression tree, List<NamedValue> used, string? doubt) =>
        (this.tree, this.used, Doubt) = (tree, used, doubt);

    /// <summary>Why it may be meant otherwise, or null.</summary>
    public string? Doubt { get; }

    /// <summary>Where the last of its names got its value.</summary>
    public int Place => used.Max(value => value.Place);

    /// <summary>What was put in, in words.</summary>
    public string Given => string.Join(", ", used.Select(value => $"{value.Name} = {value.Value}"));

    /// <summary>The formula with what its names stand for; null if none of them is a list.</summary>
    public static ListFormula? Of(Expression tree, Func<string, (NamedValue Value, bool IsCertain)?> given)
    {
        List<NamedValue> used = [];
        string? doubt = null;
        foreach (Symbol symbol in tree.All().OfType<Symbol>().DistinctBy(symbol => symbol.Name,
            StringComparer.Ordinal))
        {
            if ((given(symbol.Name) ?? given(WithoutIndex(symbol))) is not { } value
                || used.Contains(value.Value))
                continue;
            used.Add(value.Value);
            doubt ??= value.IsCertain ? null : $"{symbol.Name} is given more than once";
        }
        if (!used.Exists(value => !value.Value!.IsScalar))
            return null;
        return new ListFormula(tree, used, doubt ?? Ambiguity(tree,
            used.ToDictionary(value => value.Name, value => value.Value!, StringComparer.Ordinal)));
    }

    // p_i is a number of the list p.
    private static string WithoutIndex(Symbol symbol) => symbol.Subscripts.All(index => index is Symbol)
        ? (symbol with { Subscripts = [] }).Name : symbol.Name;

    /// <summary>What it is worth, or null.</summary>
    public NumberArray? Value() => FormulaClaims.Evaluate(tree, Bindings(null, 0, 0));

    /// <summary>By how much each number of the value may be off, as numbers in it look rounded.</summary>
    public double[] Slack(int most)
    {
        if (Value() is not { } value)
            return [];
        double[] slack = new double[value.Count];
        int varied = 0;
        foreach (NamedValue name in used)
        {
            foreach ((int at, double step) in name.Slack.Index())
            {
                if (step == 0 || varied++ >= most
                    || FormulaClaims.Evaluate(tree, Bindings(name, at, step)) is not { } other)
                    continue;
                for (int i = 0; i < slack.Length; i++)
                    slack[i] += Math.Abs(other.Values[i] - value.Values[i]);
            }
        }
        return slack;
    }

    private Bindings Bindings(NamedValue? varied, int at, double step)
    {
        var bindings = new Bindings();
        foreach (NamedValue name in used)
        {
            double[] numbers = name.Value!.Values.ToArray();
            if (name == varied)
                numbers[at] += step;
            bindings.Add(name.Name, new NumberArray(name.Value.Shape, numbers));
        }
        return bindings;
    }

    private static string? Ambiguity(Expression tree, Dictionary<string, NumberArray> lists)
    {
        bool IsList(Expression part) => part.All().OfType<Symbol>().Any(symbol =>
            lists.TryGetValue(symbol.Name, out NumberArray? value) && !value.IsScalar);
        bool IsMatrix(Expression part) => part.All().OfType<Symbol>().Any(symbol =>
            lists.TryGetValue(symbol.Name, out NumberArray? value) && value.Shape.Rank == 2);
        foreach (Expression part in tree.All())
        {
            bool isOpen = part switch
            {
                Product product => product.Factors.Count(IsList) > 1 && !IsClear(product, IsMatrix),
                Power power => IsList(power.Base) && power.Exponent is not Symbol { Letter: "T" },
                Postfix { Sign: not (PostfixSign.Transpose or PostfixSign.Inverse) } => true,
                Quotient quotient => IsList(quotient.Denominator) && quotient.Denominator is Symbol or Postfix,
                Delimited { Kind: DelimiterKind.InnerProduct } => false,
                Delimited norm => norm is not { Kind: DelimiterKind.Norm, Subscript: not null } || IsMatrix(norm),
                Call call => !Plain.Contains(call.Letter) || call.Letter is "exp" or "log" or "ln" && IsMatrix(call),
                Symbol symbol => symbol.Subscripts.Any(index => index is Number) && !lists.ContainsKey(symbol.Name)
                    && lists.ContainsKey((symbol with { Subscripts = [] }).Name),
                Element => true,
                Sum sum => sum.Terms.Any(term => term is BigOperator),
                _ => false,
            };
            if (isOpen)
                return "it can be read in more than one way";
        }
        return null;
    }

    // A dot product, or of matrices what stands side by side.
    private static bool IsClear(Product product, Func<Expression, bool> isMatrix) => product.Sign switch
    {
        ProductSign.Dot or ProductSign.Matrix => true,
        ProductSign.None => product.Factors.Any(factor => factor is Postfix || isMatrix(factor)),
        _ => false,
    };
}
