using Nabla.Formulas.Tests.Hostile;
using Nabla.Numerics;

namespace Nabla.Cli.Tests.Hostile;

/// <summary>Whatever is typed is explained, drawn and followed, or refused with a clear error.</summary>
public sealed class HostileCommandTests
{
    private static WholeCommand Path(string text, Rng rng, Ledger ledger) => new(text, rng, ledger);

    [Fact]
    public void Any_text_is_explained_drawn_and_followed_or_refused() =>
        FuzzRun.Of(usual: 500, Path).Failures.ShouldBeEmpty();

    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(140)]
    public void Whatever_is_nested_is_drawn_or_refused(int depth) =>
        FuzzRun.Of(HostileTexts.Nested(depth), Path).Failures.ShouldBeEmpty();

    [Fact]
    public void Small_texts_that_ask_for_much_are_drawn_or_refused() =>
        FuzzRun.Of(HostileTexts.Extreme(), Path).Failures.ShouldBeEmpty();
}
