using Nabla.Formulas.Articles.Python;
using Nabla.Formulas.Articles.Reading;

namespace Nabla.Formulas.Articles.Claims;

/// <summary>A program of an article, and what running it showed.</summary>
/// <param name="Block">Where it stands.</param>
/// <param name="Program">The program with its lines.</param>
/// <param name="Text">The text whose lines the program counts.</param>
internal sealed record RunSnippet(ArticleBlock Block, Snippet Program, MappedText Text)
{
    /// <summary>The ways to read it that count; the first is the one that is shown.</summary>
    public IReadOnlyList<SnippetRun> Runs { get; set; } = Program.Runs;
}
