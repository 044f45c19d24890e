using Nabla.Formulas.Evaluation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Evaluation.Rules;

/// <summary>φ beside Φ is the density of the standard normal, and N(d₁) its distribution function.</summary>
internal static class NormalLetters
{
    /// <summary>What such a call computes; null of others.</summary>
    public static Expression? WrittenOut(Interpreter c, Call call)
    {
        if (call is not { Function: Symbol { IsBare: true } letter, Arguments: [var x] })
            return null;
        if (letter.Letter == "N" && x is Symbol { Letter: "d" })
        {
            c.Note("N(d): the distribution function of the standard normal distribution.");
            return new Call(new Symbol("Phi") { Kind = SymbolKind.Function }, x);
        }
        bool isBesideIntegral = letter.Letter == "phi" && c.Definitions.Bodies.Prepend(c.Target)
            .Any(part => part.All().Any(node => node is Call { Letter: "Phi" }));
        if (!isBesideIntegral)
            return null;
        c.Note("φ beside Φ: the density of the standard normal distribution.");
        var half = new Negation(new Quotient(new Power(x, new Number(2, "2")), new Number(2, "2")));
        return new Quotient(new Call(new Symbol("exp") { Kind = SymbolKind.Function }, half),
            new Root(new Product([new Number(2, "2"), new Symbol("pi") { Kind = SymbolKind.Constant }])));
    }
}
