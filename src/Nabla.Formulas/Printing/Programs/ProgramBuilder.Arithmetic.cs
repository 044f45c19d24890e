using Nabla.Formulas.Evaluation.Rules;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing.Programs;

/// <content>Sums, products, powers, brackets.</content>
internal sealed partial class ProgramBuilder
{
    private const int MostFactors = 16;

    private Term SumValue(Sum sum)
    {
        bool isIdentity(Expression term) => IsIdentity(term);
        Expression[] ordered = [.. sum.Terms.Where(term => !isIdentity(term)), .. sum.Terms.Where(isIdentity)];
        Term all = Value(ordered[0]);
        foreach (Expression term in ordered.Skip(1))
        {
            (char sign, Expression operand) = term is Negation negation ? ('-', negation.Operand) : ('+', term);
            Term value = IsIdentity(operand) && FindsIdentity(all) ? IdentityValue(operand, all) : Value(operand);
            all = dialect.Combine(sign, all, value);
        }
        return all;
    }

    // I, λI: as large as what it is added to.
    private bool IsIdentity(Expression node) => node switch
    {
        Symbol { Letter: "I", Subscripts.Count: 0 } symbol => !symbols.IsBound(symbol.Name),
        Negation negation => IsIdentity(negation.Operand),
        Product { Factors: [.., var last] } => IsIdentity(last),
        _ => false,
    };

    // Beside a number of which nobody said that it is a matrix I is one more number: (S + D + I)/N.
    private bool FindsIdentity(Term beside) => symbols.KnowsShapes || beside.Rank == 2;

    private Term IdentityValue(Expression node, Term beside)
    {
        if (node is not Product product)
            return beside.Rank == 2 ? dialect.Identity(beside) : dialect.Number(1, "1");
        Term identity = IdentityValue(product.Factors[^1], beside);
        return product.Factors.SkipLast(1).Select(Value).Reverse()
            .Aggregate(identity, (all, factor) => dialect.Combine('*', factor, all));
    }

    private Term ProductValue(Product product)
    {
        if (product is { Sign: ProductSign.Times, Factors: [Symbol left, Symbol right] } && IsTriple(left)
            && IsTriple(right))
            throw Unsayable(product, "it has no cross product; write out its three entries.");
        bool joins = product.Sign is ProductSign.None or ProductSign.Dot or ProductSign.Matrix;
        Term all = Value(product.Factors[0]);
        if (!symbols.KnowsShapes && all.Rank == 0 && Doubts.IsDotOfLetters(product)
            && Value(product.Factors[1]) is { Rank: 0 } second)
            return dialect.Dot(all, second);
        foreach (Expression factor in product.Factors.Skip(1))
        {
            if (IsIdentity(factor) && FindsIdentity(all))
                continue;
            if (factor is Number { Value: 1 } && product.Sign == ProductSign.None && all.Rank > 0)
                throw Unsayable(product, "how many ones there are is not said; write the product as a sum.");
            all = Multiply(product.Sign, all, joins && all.Rank == 2 ? Joined(factor) : Value(factor));
        }
        return all;
    }

    private bool IsTriple(Symbol factor) => factor.IsVector
        || Value(factor) is { Rank: 1 } vector && (vector.Sizes is null or [3]);

    // W [h, x]: a matrix takes one vector, of which h is the first part and x the rest.
    private Term Joined(Expression factor) =>
        factor is Collection { Kind: CollectionKind.List or CollectionKind.Tuple, Items.Count: > 1 } list
        && list.Items.Select(Value).ToArray() is var parts && Array.TrueForAll(parts, part => part.Rank == 1)
            ? dialect.Concat(parts) : Value(factor);

    private Term Multiply(ProductSign sign, Term a, Term b)
    {
        // Two vectors side by side, η/(√v̂ + ε) m̂, are multiplied element by element; wᵀx and w·x are dot products.
        bool isElementwise = sign is ProductSign.Star or ProductSign.Hadamard
            || sign == ProductSign.Times && a.Rank + b.Rank <= 2
            || sign == ProductSign.None && a.Rank == 1 && b.Rank == 1 && a.IsRow == b.IsRow
            || sign == ProductSign.Dot && takesEntries && a.Rank == 1 && b.Rank == 1;
        if (sign == ProductSign.Convolution && !symbols.KnowsShapes && a.Value is null && b.Value is null)
            throw new FormulaException($"a convolution cannot be written in {dialect.Name}; write it as a sum.");
        if (a.Rank == 0 || b.Rank == 0 || isElementwise)
            return dialect.Combine('*', a, b);
        if (sign == ProductSign.Convolution)
            throw new FormulaException($"a convolution cannot be written in {dialect.Name}; write it as a sum.");
        if (sign == ProductSign.Outer && a.Rank == 2 && b.Rank == 2 && dialect.Kronecker(a, b) is { } blocks)
            return blocks;
        if (sign == ProductSign.Outer && (a.Rank != 1 || b.Rank != 1))
            throw new FormulaException(
                $"a Kronecker product cannot be written in {dialect.Name}; write its elements as a sum.");
        if (sign == ProductSign.Outer || a is { Rank: 1, IsRow: false } && b is { Rank: 1, IsRow: true })
            return dialect.Outer(a, b);
        return dialect.MatrixProduct(a, b);
    }

    private Term PowerValue(Power power)
    {
        if (power.Base is Symbol { Letter: "e" } && IsMatrixExponential(power.Exponent))
            throw Unsayable(power, "it is the matrix exponential; write its series.");
        if (power.Base is Symbol { Letter: "e", Kind: SymbolKind.Constant } e && !symbols.IsBound(e.Name))
            return Map("exp", power.Exponent);
        // pˣ(1 − p)¹⁻ˣ with a number p: two powers, and not a power of p applied to 1 − p.
        if (power.Base is Power { Base: Call { Function: Symbol factor } call } first
            && KnownFunctions.NameOf(call) is null && IsFactor(factor, call))
            return Multiply(ProductSign.None, dialect.Power(SymbolValue(factor), Value(first.Exponent)),
                dialect.Power(Value(call.Arguments[0]), Value(power.Exponent)));
        Term x = Value(power.Base);
        if (PowerRules.IsSquaredLength(power, x.Rank) && powerSense != PowerSense.OfEntries && !takesEntries)
            return dialect.Reduce("sum", Squared(x));
        return x.Rank == 2 && IsSquare(x) && !power.IsEntrywise && HasMatrixPower(power) ? MatrixPower(x, power)
            : dialect.Power(x, Value(power.Exponent));
    }

    private bool IsNumber(Symbol symbol) => symbols.IsBound(symbol.Name) && symbols.Rank(symbol.Name) == 0;

    private static bool IsSquare(Term x) => x.Sizes is not [var rows, var columns] || rows == columns;

    private bool HasMatrixPower(Power power)
    {
        if (powerSense != PowerSense.AsWritten)
            return powerSense == PowerSense.OfMatrix;
        double exponent = Constant(power.Exponent) ?? 1.0 / 3; // of an unknown exponent as of a broken one
        return exponent == -1 || MatrixForms.HasMatrixPower(power.Base, exponent, IsNumber);
    }

    private static double? Constant(Expression exponent) => exponent switch
    {
        Number number => number.Value,
        Negation negation => -Constant(negation.Operand),
        Quotient quotient => Constant(quotient.Numerator) / Constant(quotient.Denominator),
        _ => null,
    };

    // A² of a matrix is A·A, as evaluation takes it.
    private Term MatrixPower(Term x, Power power)
    {
        double times = Constant(power.Exponent) ?? 0;
        if (times == 0 || times != Math.Floor(times) || Math.Abs(times) > MostFactors)
            throw Unsayable(power, "this power of a matrix is no product of a few factors; write it as one.");
        Term factor = times < 0 ? dialect.OfMatrix("inverse", x) : x;
        return Enumerable.Repeat(factor, (int)Math.Abs(times)).Aggregate(dialect.MatrixProduct);
    }

    private Term SquareRoot(Root root)
    {
        Term x = Value(root.Radicand);
        bool isOfMatrix = x.Rank == 2 && IsSquare(x) && powerSense != PowerSense.OfEntries
            && MatrixForms.HasMatrixPower(root.Radicand, 0.5, IsNumber)
            && (powerSense == PowerSense.OfMatrix || MatrixForms.HasMatrixRoot(root.Radicand, IsNumber));
        return isOfMatrix ? throw Unsayable(root, "it is the root of a matrix; give its value under a name.")
            : Known("sqrt", x);
    }

    private Term RootValue(Root root)
    {
        if (root.Degree is null)
            return SquareRoot(root);
        Term exponent = dialect.Combine('/', dialect.Number(1, "1"), Value(root.Degree)), x = Value(root.Radicand);
        bool isOdd = root.Degree is Number { Value: var degree } && Math.Abs(degree % 2) == 1;
        return isOdd // which numbers below 0 have, too
            ? dialect.Combine('*', Known("sign", x), dialect.Power(Known("abs", x), exponent))
            : dialect.Power(x, exponent);
    }

    private Term PostfixValue(Postfix postfix)
    {
        Term operand = Value(postfix.Operand);
        return postfix.Sign switch
        {
            PostfixSign.Transpose or PostfixSign.Adjoint => operand.Rank switch
            {
                0 => operand,
                1 => operand with { IsRow = !operand.IsRow },
                _ => dialect.Transpose(operand),
            },
            PostfixSign.Inverse => operand.Rank < 2
                ? dialect.Power(operand, dialect.Negate(dialect.Number(1, "1")))
                : dialect.OfMatrix("inverse", operand),
            PostfixSign.PseudoInverse => dialect.OfMatrix("pseudo-inverse", operand),
            _ => dialect.Map("factorial", operand) ?? throw new FormulaException(
                $"a factorial cannot be written in {dialect.Name}; write it as a product."),
        };
    }

    private Term DelimitedValue(Delimited delimited)
    {
        Term first = Value(delimited.Items[0]);
        return delimited.Kind switch
        {
            DelimiterKind.Absolute when first.Rank == 2
                && delimited.Items[0] is Symbol { Letter: [>= 'A' and <= 'Z', ..] } => dialect.OfMatrix("det", first),
            DelimiterKind.Absolute when first.Rank == 1 && BracketRules.IsCounted(delimited.Items[0])
                && powerSense != PowerSense.OfEntries && !takesEntries => dialect.Size(first, 0),
            DelimiterKind.Cardinality when first.Rank > 0 => dialect.Size(first, 0),
            DelimiterKind.Absolute or DelimiterKind.Cardinality when first.Rank < 2
                || delimited.Kind == DelimiterKind.Absolute =>
                Known("abs", first),
            DelimiterKind.Determinant => first.Rank < 2 ? Known("abs", first) : dialect.OfMatrix("det", first),
            DelimiterKind.Norm when first.Rank == 2
                && delimited.Subscript is Number { Value: 2 } or Symbol { Letter: "op" } =>
                dialect.OfMatrix("spectral norm", first),
            DelimiterKind.Norm when first.Rank == 2 && delimited.Subscript is Symbol { Letter: "star" } =>
                dialect.OfMatrix("nuclear norm", first),
            DelimiterKind.Norm => dialect.Norm(first, delimited.Subscript switch
            {
                null or Symbol { Letter: "F" or "fro" } => 2,
                Number number => number.Value,
                Symbol { Letter: "infinity" } => double.PositiveInfinity,
                _ => throw Unsayable(delimited, "it has no such norm; write out what it computes."),
            }),
            DelimiterKind.Floor => Known("floor", first),
            DelimiterKind.Ceiling => Known("ceil", first),
            DelimiterKind.Round => Known("round", first),
            DelimiterKind.InnerProduct when delimited.Items is [_, var second] =>
                dialect.Reduce("sum", dialect.Combine('*', first, Value(second))),
            DelimiterKind.Average => dialect.Reduce("mean", first),
            DelimiterKind.Indicator => first,
            _ => throw Unsayable(delimited),
        };
    }

    private Term CollectionValue(Collection collection)
    {
        if (collection.Items.Count == 0)
            throw Unsayable(collection, "it has no elements; give them.");
        Term[] items = [.. collection.Items.Select(Value)];
        return collection.Kind switch
        {
            CollectionKind.Concatenation => dialect.Concat(items),
            CollectionKind.Tuple or CollectionKind.List or CollectionKind.ClosedInterval
                or CollectionKind.OpenInterval =>
                items.Any(item => item.Rank > 0) && items.Any(item => item.Rank == 0)
                    ? dialect.Concat(items)
                    : dialect.Stack(items),
            _ => throw Unsayable(collection),
        };
    }

    private Term CasesValue(Cases cases)
    {
        Term all = Value(cases.Values[^1]);
        for (int i = cases.Values.Count - 2; i >= 0; i--)
            all = dialect.Where(Value(cases.Conditions[i]), Value(cases.Values[i]), all);
        return all;
    }

    private Term RelationValue(Relation relation)
    {
        Term? all = null;
        for (int i = 0; i < relation.Operators.Count; i++)
        {
            if (relation.Operators[i].Kind is not (RelationKind.Less or RelationKind.Greater or RelationKind.Equal
                or RelationKind.Unequal))
                throw Unsayable(relation);
            Term one =
                dialect.Compare(relation.Operators[i].Sign, Value(relation.Members[i]), Value(relation.Members[i + 1]));
            all = all is null ? one : dialect.Combine('*', all, one);
        }
        return all!;
    }
}
