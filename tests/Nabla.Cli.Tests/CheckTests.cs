using System.Text.Json;

namespace Nabla.Cli.Tests;

public sealed class CheckTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("nabla-check-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Claims_and_formulas_are_printed_as_JSON()
    {
        string file = Write("a.md", "First 3 * 4 = 13.\n\n$$\ny = W x + b\n$$\n");
        InProcess result = InProcess.Run("check", file, "--json");
        result.ExitCode.ShouldBe(0, result.Errors);
        JsonElement claim = result.Json.GetProperty("claims")[0];
        claim.GetProperty("text").GetString().ShouldBe("3 * 4 = 13");
        claim.GetProperty("position").GetInt32().ShouldBe(6);
        claim.GetProperty("kind").GetString().ShouldBe("arithmetic");
        claim.GetProperty("printed").GetString().ShouldBe("13");
        claim.GetProperty("recomputed").GetString().ShouldBe("12");
        claim.GetProperty("verdict").GetString().ShouldBe("wrong");
        claim.GetProperty("why").GetString()!.ShouldContain("12");
        result.Json.GetProperty("formulas")[0].GetProperty("text").GetString().ShouldBe("y = W x + b");
        InProcess.Run("check", file, "--strict").ExitCode.ShouldBe(1);
    }

    [Fact]
    public void A_page_is_written_as_HTML_only() => InProcess.Run("check", Write("a.md", "2 + 2 = 4"), "--out", "a.pdf")
        .Errors.ShouldContain("must end in .html");

    [Fact]
    public void A_page_never_replaces_an_article()
    {
        string file = Write("a.html", "<p>2 + 3 = 6</p>");
        string around = Path.Combine(folder, "..", Path.GetFileName(folder), "a.html");
        InProcess.Run("check", file, "--out", around).Errors.ShouldContain("would replace the article");
        InProcess.Run("check", folder, "--out", folder).Errors.ShouldContain("name a folder outside of it");
        InProcess.Run("check", folder, "--out", Path.Combine(folder, "pages")).ExitCode.ShouldNotBe(0);
        File.ReadAllText(file).ShouldBe("<p>2 + 3 = 6</p>");
        Directory.GetFileSystemEntries(folder).ShouldHaveSingleItem();
    }

    [Fact]
    public void Wrong_numbers_come_first()
    {
        InProcess result = InProcess.Run("check", Write("a.md", "2 + 2 = 4 but 2 + 3 = 6"));
        result.Output.ShouldContain("1 wrong, 1 right");
        result.Output.IndexOf("2 + 3 = 6", StringComparison.Ordinal)
            .ShouldBeLessThan(result.Output.IndexOf("2 + 2 = 4", StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_shows_the_article_with_its_claims()
    {
        string page = Path.Combine(folder, "page.html");
        InProcess.Run("check", Write("a.md", "So 2 + 3 = 6 <script>."), "--out", page).ExitCode.ShouldBe(0);
        string html = File.ReadAllText(page);
        html.ShouldContain("<mark class=\"wrong\"");
        html.ShouldContain("2 + 3 is 5, not 6");
        html.ShouldNotContain("<script>");
    }

    [Fact]
    public void Every_article_of_a_folder_is_checked()
    {
        Write("one.md", "2 + 3 = 6");
        Write("two.html", "<p>2 + 4 = 7</p>");
        Write("three.png", "2 + 5 = 8");
        JsonElement json = InProcess.Run("check", folder, "--json").Json;
        json.GetProperty("claims").EnumerateArray().Select(claim => claim.GetProperty("printed").GetString())
            .ShouldBe(["6", "7"]);
    }

    [Fact]
    public void What_cannot_be_read_is_one_line()
    {
        foreach ((string file, string message) in new[]
        {
            (Path.Combine(folder, "missing.md"), "no file"), (Write("b.md", "\0\0"), "no text"),
        })
        {
            InProcess result = InProcess.Run("check", file);
            result.ExitCode.ShouldBe(2);
            result.Errors.ShouldContain(message);
            result.Errors.Count(c => c == '\n').ShouldBe(1);
        }
    }

    [Fact]
    public void A_file_that_cannot_be_read_does_not_end_the_check_of_its_folder()
    {
        Write("a.md", "2 + 3 = 6");
        string unreadable = Write("b.md", "\0\0");
        Write("c.md", "2 + 4 = 7");
        InProcess result = InProcess.Run("check", folder, "--json");
        result.ExitCode.ShouldBe(2);
        result.Errors.ShouldContain($"{unreadable} was not checked");
        result.Json.GetProperty("claims").GetArrayLength().ShouldBe(2);
        result.Json.GetProperty("unread")[0].GetProperty("file").GetString().ShouldBe(unreadable);
        InProcess.Run("check", folder).Output.ShouldContain("2 + 4 = 7");
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
