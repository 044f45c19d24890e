using Nabla.Formulas.Explanation.Reading;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Explanation.Symbols;

// What letters mean by custom, and where they do not.
internal sealed partial class SymbolTable
{
    // The : of W_{:,j}, the · of π(·|s), a bold 0 and the F of ‖A‖_F are no symbols.
    private static bool IsSign(SymbolUse use) => use.Symbol.Letter is ":" or "·" or "0"
        || use.Symbol is { Letter: "F" or "star", IsBare: true }
        && use.Parent is Delimited { Kind: DelimiterKind.Norm, Subscript: { } below }
        && ReferenceEquals(below, use.Symbol)
        || use is { Symbol: { Letter: "c", IsBare: true }, Parent: Power { Base: Symbol } }
        && use.Path!.Up?.Node is Call { Letter: "P" or "Pr" } // the complement Aᶜ
        || use is { IsMark: true, Parent: Product { Factors: { Count: > 2 } word } }
        && word.All(letter => letter is Number or Symbol { IsBare: true, Letter.Length: 1 }); // int8

    private SymbolMeaning? OfCustom(SymbolUse use, List<SymbolUse> all)
    {
        Custom? custom = Customs.Find(use.Symbol, use.IsApplied, context.Tags);
        if (custom?.Name is "pi" or "Euler's number" && (IsBoundConstant(use.Symbol) || !use.Symbol.IsBare
            || context.Left is Symbol left && left.Name == use.Symbol.Name)) // e = y − ŷ
            return null;
        if (custom?.Name == "loss" && IsFactor(use))
            return null; // 12 L d²
        if (custom is { Type: "set", Name: not "real numbers" } && IsComputedWith(use))
            return null; // what is added or multiplied is no set
        bool isOfSubject = custom?.When is not null && !IsOtherEnd(use.Symbol, custom);
        if ((!isOfSubject || origins.IsEnd(use.Symbol.Name)) && PlaceHints.Find(use.Symbol, all, custom) is { } hint)
            return hint;
        return custom is null || IsOtherEnd(use.Symbol, custom) || IsOtherFunction(use, custom)
            || IsNoEntropy(use, custom) || custom.When is null && origins.IsHelper(use.Symbol.Name) ? null
            : new(custom.Name, custom.Role, custom.Type, ShapeOf(custom));
    }

    private static bool IsFactor(SymbolUse use) => use is { IsMark: false, Parent: Product product }
        && use.Symbol.Alphabet == Alphabet.Plain && product.Factors[0] is Number
        && !use.Above.Any(node => node is Derivative);

    private static bool IsComputedWith(SymbolUse use) => !use.IsMark
        && use.Parent is Product or Sum or Quotient or Power or Postfix or Negation;

    // N(v) of a single name is no normal distribution.
    private static bool IsOtherFunction(SymbolUse use, Custom custom) => use.Parent is Call call && use.IsApplied
        && custom.Type == "distribution" && Distributions.IsFamily(call.Letter) && !Distributions.IsDistribution(call);

    // H without a logarithm, and to which nothing is applied, is no entropy.
    private bool IsNoEntropy(SymbolUse use, Custom custom) =>
        custom.Name == "entropy" && !use.IsApplied && (!context.Calls("log", "lg") || use.Parent is Delimited);

    // T_x above a sum is no temperature: by its letter alone one cannot tell what is counted.
    private bool IsOtherEnd(Symbol symbol, Custom custom) => origins.IsEnd(symbol.Name) && !symbol.IsBare
        && !custom.Symbols.Contains(symbol.Name, StringComparer.Ordinal);

    // In formulas about something a letter is surely a vector; elsewhere it is so only by guess.
    private static string? ShapeOf(Custom custom) =>
        custom.Shape ?? (custom is { When: not null, Type: "vector" or "matrix" } ? custom.Type : null);
}
