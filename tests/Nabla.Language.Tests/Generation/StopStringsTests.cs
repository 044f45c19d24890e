using FsCheck;
using FsCheck.Fluent;
using Nabla.Language.Generation;

namespace Nabla.Language.Tests.Generation;

public sealed class StopStringsTests
{
    private static readonly Gen<string> Letters = Gen.Elements('a', 'b', 'c').ListOf().Select(string.Concat);

    [Fact]
    public void How_the_text_is_cut_does_not_matter() => Prop.ForAll(
        Letters.ListOf().ToArbitrary(),
        Letters.Where(stop => stop.Length > 0).ListOf().ToArbitrary(),
        (pieces, stops) =>
        {
            string whole = string.Concat(pieces);
            var byCharacter = new StopStrings([.. stops]);
            string expected = string.Concat(whole.Select(c => byCharacter.Add(c.ToString()))) + byCharacter.Flush();

            var stop = new StopStrings([.. stops]);
            string given = "";
            foreach (string piece in pieces)
            {
                given += stop.Add(piece);
                foreach (string s in stops)
                    given.ShouldNotContain(s, Case.Sensitive);
            }
            (given + stop.Flush()).ShouldBe(expected);
            stop.Stopped.ShouldBe(stops.Any(s => whole.Contains(s, StringComparison.Ordinal)));
            if (!stop.Stopped)
                expected.ShouldBe(whole);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_is_held_back_only_while_it_may_become_a_stop_string()
    {
        var stops = new StopStrings(["\nUser:", "END"]);
        stops.Add("Hello").ShouldBe("Hello");
        stops.Add("\nUs").ShouldBe("");
        stops.Add("ed. E").ShouldBe("\nUsed. ");
        stops.Add("N").ShouldBe("");
        stops.Add("D and more").ShouldBe("");
        stops.Stopped.ShouldBeTrue();
        (stops.Add("more") + stops.Flush()).ShouldBe("");
    }

    [Fact]
    public void An_empty_stop_string_is_refused() =>
        Should.Throw<ArgumentException>(() => new StopStrings(["a", ""])).Message.ShouldContain("empty");
}
