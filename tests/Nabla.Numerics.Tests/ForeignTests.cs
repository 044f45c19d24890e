namespace Nabla.Numerics.Tests;

public class ForeignTests
{
    [Theory]
    [InlineData("wte.weight", "'wte.weight'")]
    [InlineData("", "''")]
    [InlineData("a\nb\e[2Jc\u2028d\u202e", "'a?b?[2Jc?d?'")]
    [InlineData("∇𝒙", "'∇𝒙'")]
    public void A_name_is_quoted_without_what_could_drive_a_terminal(string name, string quoted) =>
        Foreign.Quote(name).ShouldBe(quoted);

    [Fact]
    public void A_sentence_is_one_line() => Foreign.OneLine(" one\r\ntwo\nthree\t. \n").ShouldBe("one two three?.");

    [Fact]
    public void What_is_long_is_cut()
    {
        Foreign.Quote(new string('x', 80)).ShouldBe($"'{new string('x', 80)}'");
        Foreign.Quote(new string('x', 81)).ShouldBe($"'{new string('x', 80)}…'");
        Foreign.OneLine(new string('x', 5000)).ShouldBe(new string('x', 400) + "…");
    }
}
