using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Grammar;

/// <summary>
/// Puts together what commas and gaps separate: formulas (Q = XW_Q, K = XW_K), lists (i = 1, …, N; x, y ∈ ℝ), and
/// formulas with a condition behind them (y = f(x), x ∈ X).
/// </summary>
internal sealed class StatementList
{
    private readonly List<Expression> parts = [];
    private readonly List<bool> afterComma = [];
    private bool comma;
    private bool separated;

    public bool IsEmpty => parts.Count == 0;

    public void Add(Expression part)
    {
        afterComma.Add(comma && !separated);
        parts.Add(part);
        comma = false;
        separated = false;
    }

    public void SeparateByComma() => comma = true;

    public void Separate() => separated = true;

    public Expression Build()
    {
        if (parts.Count == 1)
            return parts[0];
        if (!parts.Exists(part => part is Relation))
            return new Collection(CollectionKind.Tuple, [.. parts]);
        List<Expression> formulas = Grouped();
        return formulas.Count == 1 ? formulas[0] : Conditioned(formulas);
    }

    // Parts without a relation belong to the relation before them, or where there is none to the one behind.
    private List<Expression> Grouped()
    {
        var formulas = new List<Expression>();
        var waiting = new List<Expression>();
        for (int i = 0; i < parts.Count; i++)
        {
            if (parts[i] is not Relation relation)
            {
                if (formulas.Count > 0 && formulas[^1] is Relation before && afterComma[i])
                    formulas[^1] = WithLonger(before, parts[i]);
                else
                    waiting.Add(parts[i]);
                continue;
            }
            if (waiting.Exists(part => IsSaidOf(part, relation)))
                formulas.AddRange(waiting);
            else if (waiting.Count > 0)
            {
                Collection listed = ListOf(waiting, relation.Members[0]);
                relation = relation with { Members = [listed, .. relation.Members.Skip(1)] };
            }
            waiting.Clear();
            formulas.Add(relation);
        }
        formulas.AddRange(waiting);
        return formulas;
    }

    // p_t, t = 2: the second says at which t.
    private static bool IsSaidOf(Expression part, Relation said) =>
        said is { Members: [Symbol { IsBare: true, Letter.Length: 1 } left, Number] }
        && said.Operators[0].Kind == RelationKind.Equal
        && !part.Equals(left) && part.All().Any(node => node.Equals(left));

    private static Collection ListOf(List<Expression> waiting, Expression last) =>
        new(CollectionKind.Tuple, [.. waiting, last]);

    private static Relation WithLonger(Relation relation, Expression item)
    {
        Expression last = relation.Members[^1];
        Collection longer = last is Collection { Kind: CollectionKind.Tuple, Source.Length: 0 } tuple
            ? tuple with { Items = [.. tuple.Items, item] }
            : new Collection(CollectionKind.Tuple, [last, item]);
        return relation with { Members = [.. relation.Members.SkipLast(1), longer] };
    }

    // y = f(x), x ∈ X: what comes last only says where the first holds.
    private static Expression Conditioned(List<Expression> formulas)
    {
        int conditions = 0;
        while (conditions < formulas.Count - 1 && IsCondition(formulas[^(conditions + 1)]))
            conditions++;
        var main = formulas.SkipLast(conditions).ToList();
        if (conditions == 0 || !main.Exists(IsStatement))
            return new FormulaSystem([.. formulas]);
        Expression statement = main.Count == 1 ? main[0] : new FormulaSystem([.. main]);
        var behind = formulas.TakeLast(conditions).ToList();
        return new Qualified(statement, "where", behind.Count == 1 ? behind[0] : new FormulaSystem([.. behind]));
    }

    private static bool IsCondition(Expression formula) => formula is Relation relation
        && (IsLimiting(relation.Operators[0].Kind)
            || relation.Members is [Symbol, Collection { Kind: CollectionKind.Tuple } list]
            && list.Items.Any(item => item is Ellipsis));

    private static bool IsLimiting(RelationKind kind) => kind is RelationKind.Member or RelationKind.NotMember
        or RelationKind.Less or RelationKind.Greater or RelationKind.Unequal or RelationKind.Distributed
            or RelationKind.Subset;

    private static bool IsStatement(Expression formula) => formula is Relation relation && relation.Operators[0].Kind
        is RelationKind.Equal or RelationKind.Definition or RelationKind.Assignment or RelationKind.Approximate
        or RelationKind.Proportional;
}
