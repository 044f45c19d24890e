using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;

namespace Nabla.Formulas.Articles.Reading;

/// <summary>Lines of Markdown that begin with $$ or \[ and end where the formula does.</summary>
internal sealed class FormulaBlock(BlockParser parser) : LeafBlock(parser)
{
    /// <summary>What ends it: $$ or \].</summary>
    public required string Close { get; init; }

    /// <summary>Where that begins in the file.</summary>
    public required int End { get; init; }
}

/// <summary>Keeps Markdown away from formulas, whose lines may begin with a minus or an equals sign.</summary>
internal sealed class FormulaBlockParser : BlockParser
{
    private const int Longest = 20_000;

    public FormulaBlockParser() => OpeningCharacters = ['$', '\\'];

    public override BlockState TryOpen(BlockProcessor processor)
    {
        StringSlice line = processor.Line;
        string? close = line.Match("$$") ? "$$" : line.Match(@"\[") ? @"\]" : null;
        if (close is null || processor.IsCodeIndent)
            return BlockState.None;
        int from = line.Start + 2, length = Math.Min(Longest, line.Text.Length - from);
        int end = line.Text.IndexOf(close, from, length, StringComparison.Ordinal);
        if (end < 0)
            return BlockState.None;
        processor.NewBlocks.Push(new FormulaBlock(this)
        {
            Close = close,
            End = end,
            Column = processor.Column,
            Span = new(processor.Start, line.End),
        });
        return Rest(line, end);
    }

    public override BlockState TryContinue(BlockProcessor processor, Block block) =>
        Rest(processor.Line, ((FormulaBlock)block).End);

    private static BlockState Rest(StringSlice line, int end) =>
        line.End > end ? BlockState.Break : BlockState.Continue;
}
