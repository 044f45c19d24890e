using System.Globalization;
using Nabla.Formulas.Spreadsheets.Layout;

namespace Nabla.Formulas.Spreadsheets.Graphs;

/// <summary>
/// A formula of a cell, as a tree; written so that one can follow it: sums of neighbours as SUM(B5:E5).
/// </summary>
internal abstract record CellExpression
{
    /// <summary>How tightly the outermost operation binds; in a cell a sign binds tighter than a power.</summary>
    protected const int Sum = 1, Product = 2, Power = 3, Sign = 4, Atom = 5;

    // What stands in many places is written once.
    private string? written;
    private int binding;

    protected CellExpression()
    {
    }

    /// <summary>A copy is changed: it has to be written anew.</summary>
    protected CellExpression(CellExpression original)
    {
    }

    /// <summary>The formula, in brackets unless it binds at least so tightly.</summary>
    /// <exception cref="FormulaException">It is longer than a cell can be.</exception>
    public string Text(int atLeast = 0)
    {
        if (written is null)
            (written, binding) = (Write(), Binding);
        // A part that stands in many places must not be put into each before it is found out.
        return written.Length > Sheet.LongestFormula
            ? throw new FormulaException(
                $"what a cell would hold is longer than {Sheet.LongestFormula} characters; use smaller sizes.")
            : binding >= atLeast ? written : $"({written})";
    }

    protected abstract int Binding { get; }

    protected abstract string Write();

    /// <summary>A number.</summary>
    public sealed record Constant(double Value) : CellExpression
    {
        private const string Infinity = "1E+300"; // a cell holds no infinity

        protected override int Binding => Value < 0 ? Sum : Atom;

        protected override string Write() => double.IsInfinity(Value) ? (Value < 0 ? "-" : "") + Infinity
            : double.IsNaN(Value) ? "NA()" : Value.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>A cell of a block.</summary>
    public sealed record Reference(Block Block, int Row, int Column) : CellExpression
    {
        protected override int Binding => Atom;

        protected override string Write() => Block.At(Row, Column);
    }

    /// <summary>a + b, or a − b.</summary>
    public sealed record Plus(CellExpression Left, CellExpression Right, bool IsMinus) : CellExpression
    {
        protected override int Binding => Neighbours.Total(this) is null ? Sum : Atom;

        protected override string Write() => Neighbours.Total(this) ?? string.Concat(Terms().Select((term, i) =>
            (term.IsMinus ? "-" : i > 0 ? "+" : "") + term.Term.Text(term.IsMinus || i > 0 ? Product : Sum)));

        /// <summary>All terms of the chain, first to last.</summary>
        public List<(CellExpression Term, bool IsMinus)> Terms()
        {
            List<(CellExpression, bool)> terms = [];
            CellExpression at = this;
            while (at is Plus plus)
            {
                terms.Add((plus.Right, plus.IsMinus));
                at = plus.Left;
            }
            terms.Add((at, false));
            terms.Reverse();
            return terms;
        }
    }

    /// <summary>a · b.</summary>
    public sealed record Times(CellExpression Left, CellExpression Right) : CellExpression
    {
        protected override int Binding => Product;

        // A long product is a long chain on the left.
        protected override string Write()
        {
            var factors = new Stack<string>();
            CellExpression at = this;
            for (; at is Times times; at = times.Left)
                factors.Push(times.Right.Text(Power));
            factors.Push(at.Text(Product));
            return string.Join('*', factors);
        }
    }

    /// <summary>a / b.</summary>
    public sealed record Over(CellExpression Left, CellExpression Right) : CellExpression
    {
        protected override int Binding => Product;

        protected override string Write() => $"{Left.Text(Product)}/{Right.Text(Power)}";
    }

    /// <summary>−a.</summary>
    public sealed record Minus(CellExpression Operand) : CellExpression
    {
        protected override int Binding => Sum;

        protected override string Write() => $"-{Operand.Text(Atom)}";
    }

    /// <summary>aᵇ.</summary>
    public sealed record Raised(CellExpression Base, CellExpression Exponent) : CellExpression
    {
        protected override int Binding => Power;

        protected override string Write() => $"{Base.Text(Atom)}^{Exponent.Text(Atom)}";
    }

    /// <summary>A function of Excel, or a piece of text in brackets.</summary>
    public sealed record Call(string Function, params CellExpression[] Arguments) : CellExpression
    {
        protected override int Binding => Atom;

        protected override string Write()
        {
            CellExpression[] arguments = AllArguments();
            return Neighbours.Range(arguments) is { } range ? $"{Function}({range})"
                : $"{Function}({string.Join(',', arguments.Select(argument => argument.Text()))})";
        }

        // MAX(MAX(a, b), c) is MAX(a, b, c).
        private CellExpression[] AllArguments()
        {
            if (Function is not ("MAX" or "MIN") || Arguments.Length != 2)
                return Arguments;
            var all = new Stack<CellExpression>();
            CellExpression at = this;
            while (at is Call { Arguments: [var before, var last] } call && call.Function == Function)
            {
                all.Push(last);
                at = before;
            }
            all.Push(at);
            return [.. all];
        }
    }

    /// <summary>Cells of which a function makes one number.</summary>
    public sealed record Area(string Range) : CellExpression
    {
        protected override int Binding => Atom;

        protected override string Write() => Range;
    }

    /// <summary>One thing where a number is positive, another where it is not; or the other way round.</summary>
    public sealed record Choice(CellExpression Number, CellExpression Yes, CellExpression No) : CellExpression
    {
        /// <summary>Whether the first thing is for a number that is not positive.</summary>
        public bool IsTurned { get; init; }

        protected override int Binding => Atom;

        protected override string Write() => $"IF({Condition},{Yes.Text()},{No.Text()})";

        // a − b is positive where a is larger, |a − b| where they differ.
        private string Condition => Number switch
        {
            Call { Function: "ABS", Arguments: [Plus { IsMinus: true } ends] } => Compare(ends, IsTurned ? "=" : "<>"),
            Plus { IsMinus: true } ends => Compare(ends, IsTurned ? "<=" : ">"),
            Minus minus => $"{minus.Operand.Text(Sum)}{(IsTurned ? ">=" : "<")}0",
            _ => $"{Number.Text(Sum)}{(IsTurned ? "<=" : ">")}0",
        };

        private static string Compare(Plus ends, string sign) =>
            $"{ends.Left.Text(Sum)}{sign}{ends.Right.Text(Sum)}";
    }
}
