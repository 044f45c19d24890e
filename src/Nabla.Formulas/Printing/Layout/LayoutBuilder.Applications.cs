using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Layout;

/// <content>Calls, big operators, expectations, derivatives.</content>
internal sealed partial class LayoutBuilder
{
    /// <summary>log x, which needs no brackets; null where the call needs them.</summary>
    private Piece? OpenCall(Call call)
    {
        if (call is not { Function: Symbol function, Arguments: [var argument] })
            return null;
        bool isShort = argument switch
        {
            Symbol symbol => symbol.Prefix.Length == 0,
            Number => true,
            Quotient or Root => !linear,
            Call { Function: Symbol inner } => !Functions.NeedsNoBrackets(inner),
            _ => false,
        };
        if (!isShort || !Functions.NeedsNoBrackets(function))
            return null;
        return new(Row(SymbolBox(function), SignBox.Application, Inside(argument)), Level.Open);
    }

    private Piece ClosedCall(Call call)
    {
        Box function = call.Function is Postfix ? Inside(call.Function) : At(call.Function, Level.Atom);
        return new(Row(function, Arguments(call)), Level.Atom);
    }

    private FenceBox Arguments(Call call)
    {
        var parts = new List<Box>();
        for (int i = 0; i < call.Arguments.Count; i++)
        {
            if (i > 0)
                parts.Add(Separator(call.Separators[i - 1]));
            parts.Add(At(call.Arguments[i], Level.Relation));
        }
        return Bracketed(parts.Count == 1 ? parts[0] : new RowBox(parts));
    }

    private static SignBox Separator(string sign) =>
        new(sign, sign is "|" or "‖" ? SignRole.Bar : SignRole.Separator);

    private RowBox BigOperatorBox(BigOperator big)
    {
        Box sign = BigSigns.Of(big.Kind);
        bool isLimit = big.Kind == BigOperatorKind.Limit;
        Box? under = Under(big.Range, isLimit ? "→" : "=", isLimit ? big.Range.To : big.Range.From,
            isIntegral: big.Kind == BigOperatorKind.Integral);
        Box? over = big.Range.To is { } end && !isLimit ? Inside(end) : null;
        Box body = At(big.Body, Level.Open);
        var parts = new List<Box>
        {
            under is null && over is null ? sign : new LimitsBox(sign, under, over), SignBox.Beside, body,
        };
        if (big.Kind == BigOperatorKind.Integral)
        {
            foreach (Expression variable in big.Range.Variables)
            {
                Box of = variable is Call ? Bracketed(Inside(variable)) : At(variable, Level.Atom);
                parts.AddRange([SignBox.Beside, new LetterBox("d", Alphabet.Plain), of]);
            }
        }
        return new RowBox(parts);
    }

    private Box? Under(Trees.Range range, string sign, Expression? start, bool isIntegral = false)
    {
        var parts = new List<Box>();
        if (range.Variables.Count > 0 && !isIntegral && !(range.Condition is { } condition && start is null
            && range.Domain is null && range.Variables.All(variable => condition.All().Contains(variable))))
            parts.Add(List(range.Variables));
        Add(new SignBox(sign, SignRole.Relation), start);
        Add(new SignBox("∈", SignRole.Relation), range.Domain);
        Add(SignBox.Comma, range.Condition);
        return parts.Count == 0 ? null : Row([.. parts]);

        void Add(SignBox before, Expression? part)
        {
            if (part is null)
                return;
            if (parts.Count > 0)
                parts.Add(before);
            parts.Add(part is Infix { Sign: "∧" } several ? List(several.Operands) : Inside(part));
        }
    }

    private RowBox ExpectationBox(Expectation expectation)
    {
        Box letter = expectation.Kind switch
        {
            ExpectationKind.Mean => new LetterBox("E", Alphabet.Blackboard),
            ExpectationKind.Variance => new LetterBox("Var", Alphabet.Upright, IsFunction: true),
            ExpectationKind.Covariance => new LetterBox("Cov", Alphabet.Upright, IsFunction: true),
            ExpectationKind.StandardDeviation => new LetterBox("Std", Alphabet.Upright, IsFunction: true),
            _ => new LetterBox("Pr", Alphabet.Upright, IsFunction: true),
        };
        if (expectation.Accent.Length > 0 && !linear)
            letter = new AccentBox(letter, expectation.Accent);
        if (expectation.Over.Count > 0)
            letter = new ScriptBox(letter, List(expectation.Over), null);
        Box inner = List(expectation.Arguments);
        if (expectation.Given.Count > 0)
            inner = Row(inner, new SignBox("|", SignRole.Bar), List(expectation.Given));
        return new RowBox([letter, new FenceBox("[", inner, "]")]);
    }

    private Piece LayDerivative(Derivative derivative)
    {
        int order = derivative.Variables.Count;
        Box above = Differential(derivative.IsPartial, order);
        var below = new List<Box>();
        for (int i = 0; i < order;)
        {
            Expression variable = derivative.Variables[i];
            int times = derivative.Variables.Skip(i).TakeWhile(other => other.Equals(variable)).Count();
            Box named = times > 1 ? WithoutAbove(variable) : At(variable, Level.Atom);
            below.Add(Differential(derivative.IsPartial, 1));
            below.Add(times > 1 ? new ScriptBox(named, null, new NumberBox($"{times}")) : named);
            i += times;
        }
        bool isAbove = derivative.Of is Symbol
            || derivative.Of is Call { Function: Symbol { Letter: var name } }
                && (!linear || KnownFunctions.Find(name) is null);
        if (isAbove)
            above = Row(above, At(derivative.Of!, Level.Atom));
        Box fraction = linear
            ? new RowBox([above, new SignBox("/", SignRole.Postfix), .. below])
            : new FractionBox(above, new RowBox(below));
        if (isAbove || derivative.Of is null)
            return new(fraction, linear ? Level.SignedProduct : Level.Factor);
        return new(Row(fraction, SignBox.Beside, Bracketed(Inside(derivative.Of))), Level.Open);
    }

    private static Box Differential(bool isPartial, int order)
    {
        Box sign = isPartial ? new SignBox("∂", SignRole.Prefix) : new LetterBox("d", Alphabet.Plain);
        return order > 1 ? new ScriptBox(sign, null, new NumberBox($"{order}")) : sign;
    }

    private Box GradientBox(Gradient gradient)
    {
        Box sign = new SignBox("∇", SignRole.Prefix);
        Box? below = gradient.Variables.Count > 0 ? List(gradient.Variables) : null;
        Box? above = gradient.Kind == GradientKind.Second ? new NumberBox("2") : null;
        if (below is not null || above is not null)
            sign = new ScriptBox(sign, below, above);
        if (gradient.Kind == GradientKind.Divergence)
            sign = Row(sign, new SignBox("·", SignRole.Infix));
        return gradient.Of is null ? sign : Row(sign, SignBox.Beside, At(gradient.Of, Level.Atom));
    }
}
