using Nabla.Formulas.Evaluation.Graph;
using Nabla.Formulas.Evaluation.Quantities;
using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;
using Nabla.Tensors;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>What holds and what does not: relations as 1 and 0, and values that depend on them.</summary>
internal static class ConditionRules
{
    /// <summary>1 where all of a &lt; b ≤ c hold, else 0.</summary>
    public static Quantity Relation(Interpreter c, Relation relation, Scope scope)
    {
        Quantity? all = null;
        Quantity left = default;
        for (int i = 0; i < relation.Members.Count; i++)
        {
            bool isSet = IsMembership(relation, i - 1);
            if (IsMembership(relation, i - 2))
                throw NodeRules.NoValue(relation, "a relation that goes on behind ∈ has");
            Quantity right = isSet ? default : c.Evaluate(relation.Members[i], scope);
            if (i > 0)
            {
                Quantity one = isSet
                    ? IsIn(c, left, relation.Members[i], scope, relation.Operators[i - 1].Kind == RelationKind.Member)
                    : Compare(c, left, right, relation.Operators[i - 1]);
                all = all is { } before ? c.Algebra.Multiply(before, one) : one;
            }
            left = right;
        }
        return all ?? left;
    }

    /// <summary>The value whose condition holds first; 0 in places where none does, with a warning.</summary>
    public static Quantity Cases(Interpreter c, Cases cases, Scope scope)
    {
        Quantity open = scope.Mask ?? c.Algebra.Number(1);
        var branches = new List<(Quantity Mask, Quantity Value)>();
        for (int i = 0; i < cases.Values.Count; i++)
        {
            Quantity holds = c.Silently(() => Condition(c, cases.Conditions[i], scope.Within(open)));
            Quantity here = c.Algebra.Multiply(open, holds);
            open = c.Algebra.Subtract(open, here);
            if (holds.Node.IsDecided || open.Node.IsDecided || Array.Exists(here.Node.Values, value => value != 0))
                branches.Add((holds, c.Evaluate(cases.Values[i], scope.Within(here))));
        }
        if (branches.Count == 0)
            throw NodeRules.NoValue(cases, "no case applies: the brace has");
        if (scope.Mask is null && Array.Exists(open.Node.Values, value => value != 0))
            c.Warn("in some places no case applies; the value there is taken as 0.");
        Quantity result = c.Algebra.Number(0);
        for (int i = branches.Count - 1; i >= 0; i--)
            result = i == branches.Count - 1 && IsEverywhere(open, branches)
                ? branches[i].Value
                : Choose(c.Algebra, branches[i].Mask, branches[i].Value, result);
        return result;
    }

    /// <summary>a where the mask is not 0, else b.</summary>
    public static Quantity Choose(Algebra algebra, Quantity mask, Quantity a, Quantity b)
    {
        if (!mask.Node.IsDecided && Array.TrueForAll(mask.Node.Values, value => value != 0)
            && mask.Node.Values.Length > 0
            && mask.Axes.All(a.Has) && mask.Rank <= a.Rank)
            return a;
        Axis[] axes = Algebra.Union(mask.Axes, Algebra.Union(a.Axes, b.Axes));
        int rank = Math.Max(mask.Rank, Math.Max(a.Rank, b.Rank));
        Node condition = algebra.Spread(mask, axes, rank), yes = algebra.Spread(a, axes, rank),
            no = algebra.Spread(b, axes, rank);
        Shape shape = Shape.Broadcast(condition.Shape, Shape.Broadcast(yes.Shape, no.Shape, "cases"), "cases");
        algebra.Tape.Charge(3L * shape.ElementCount, 0);
        Places places = Places.Of(condition.Shape, shape);
        var holds = new bool[shape.ElementCount];
        for (int i = 0; i < holds.Length; i++)
            holds[i] = condition.Values[places[i]] != 0;
        Node chosen = ChoiceRule.Apply(
            algebra.Tape, holds, Rearranging.Expand(algebra.Tape, yes, shape),
                Rearranging.Expand(algebra.Tape, no, shape),
                condition.IsDecided ? Rearranging.Expand(algebra.Tape, condition, shape) : null);
        return new(chosen, axes) { IsRow = a.IsRow && b.IsRow };
    }

    /// <summary>The mask of a condition: a relation, several of them, or words such as "otherwise".</summary>
    public static Quantity Condition(Interpreter c, Expression condition, Scope scope) => condition switch
    {
        Words or Symbol { Alphabet: Alphabet.Upright } => Word(c, condition),
        Qualified { Statement: Words } qualified => Condition(c, qualified.Condition, scope),
        FormulaSystem system => system.Formulas
            .Select(part => Condition(c, part, scope)).Aggregate(c.Algebra.Multiply),
        Collection { Kind: CollectionKind.Tuple } tuple => tuple.Items
            .Select(part => Condition(c, part, scope)).Aggregate(c.Algebra.Multiply),
        Product { Factors: [Words, var rest] } => Condition(c, rest, scope),
        _ => c.Evaluate(condition, scope),
    };

    private static Quantity Word(Interpreter c, Expression condition)
    {
        string word = condition is Words words ? words.Value : ((Symbol)condition).Letter;
        return word.Trim(' ', '.', ',', ';')
            is "otherwise" or "else" or "other" or "" or "if otherwise" or "in other cases"
            ? c.Algebra.Number(1)
            : throw NodeRules.NoValue(condition, $"the condition '{word}' has");
    }

    private static bool IsMembership(Relation relation, int at) => at >= 0
        && relation.Operators[at].Kind is RelationKind.Member or RelationKind.NotMember;

    private static bool IsEverywhere(Quantity open, List<(Quantity Mask, Quantity Value)> branches) =>
        branches.Count == 1 && Array.TrueForAll(open.Node.Values, value => value == 0);

    private static Quantity Compare(Interpreter c, Quantity a, Quantity b, RelationOperator sign)
    {
        string holds = sign.Kind switch
        {
            RelationKind.Less when sign.Sign is "≤" or "≦" or "⩽" or "<=" or "≲" => "≤",
            RelationKind.Less => "<",
            RelationKind.Greater when sign.Sign is "≥" or "≧" or "⩾" or ">=" or "≳" => "≥",
            RelationKind.Greater => ">",
            RelationKind.Equal or RelationKind.Equivalent or RelationKind.Definition => "=",
            RelationKind.Unequal => "≠",
            _ when sign.Sign == ":" => throw new FormulaException("a part such as x[1:3] counts from 0 in programs and "
                + "leaves out its end: write the first and the last entry below, as in x_{2:3}."),
            _ => throw new FormulaException($"whether {sign.Sign} holds cannot be computed."),
        };
        return c.Algebra.Zip(ConstantPairRule.Holds(new Comparison(holds)), a, b, sign.Sign);
    }

    private static Quantity IsIn(Interpreter c, Quantity x, Expression set, Scope scope, bool member)
    {
        if (set is Collection { Kind: >= CollectionKind.ClosedInterval, Items: [var low, var high] } interval)
        {
            bool lowIn = interval.Kind is CollectionKind.ClosedInterval or CollectionKind.RightOpenInterval;
            bool highIn = interval.Kind is CollectionKind.ClosedInterval or CollectionKind.LeftOpenInterval;
            Quantity above = Compare(c, x, c.Evaluate(low, scope), new(lowIn ? "≥" : ">", RelationKind.Greater));
            Quantity below = Compare(c, x, c.Evaluate(high, scope), new(highIn ? "≤" : "<", RelationKind.Less));
            Quantity inside = c.Algebra.Multiply(above, below);
            return member ? inside : c.Algebra.Subtract(c.Algebra.Number(1), inside);
        }
        Quantity elements = c.Evaluate(set, scope);
        var values = elements.Node.Values.ToHashSet();
        Func<double, double, bool> holds = (value, _) => values.Contains(value) == member;
        return c.Algebra.Zip(ConstantPairRule.Holds(holds), x, c.Algebra.Number(0), "∈");
    }
}
