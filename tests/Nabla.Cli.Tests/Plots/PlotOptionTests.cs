using System.CommandLine;
using Nabla.Cli.Output.Plots;

namespace Nabla.Cli.Tests.Plots;

public class PlotOptionTests
{
    [Theory]
    [InlineData("a.svg")]
    [InlineData("a.b/C.HTML")]
    public void The_option_takes_pictures_and_pages(string path) => Errors(path).ShouldBeEmpty();

    [Theory]
    [InlineData("a.png")]
    [InlineData("svg")]
    [InlineData(".svg")]
    [InlineData("")]
    [InlineData("a.svg.gz")]
    public void Another_ending_is_an_error_that_names_the_choices(string path) =>
        Errors(path).Single().ShouldBe($"--plot takes a file name that ends in .svg or .html, not '{path}'.");

    [Fact]
    public void A_file_is_written_as_its_name_says()
    {
        string folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            PlotFile.Write(Path.Combine(folder, "new", "a.svg"), new Figure("a"));
            PlotFile.Write(Path.Combine(folder, "a.HTML"), new Figure("a"));
            File.ReadAllText(Path.Combine(folder, "new", "a.svg")).ShouldStartWith("<svg");
            File.ReadAllText(Path.Combine(folder, "a.HTML")).ShouldStartWith("<!DOCTYPE html>");
            Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length.ShouldBe(2);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Errors(string path) => new RootCommand { CommonOptions.Plot }
        .Parse(["--plot", path]).Errors.Select(error => error.Message);
}
