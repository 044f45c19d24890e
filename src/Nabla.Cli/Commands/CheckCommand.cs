using System.CommandLine;
using System.Text.Json.Nodes;
using Nabla.Cli.Check;
using Nabla.Cli.Output;
using Nabla.Formulas.Articles;
using Nabla.Learning.Checkpoints;

namespace Nabla.Cli.Commands;

/// <summary>Recomputes the numbers of an article.</summary>
internal sealed class CheckCommand : NablaCommand
{
    private const int SomethingIsWrong = 1;

    private readonly Argument<string> article = new("ARTICLE")
    {
        Description = "Markdown, HTML, RSS or plain text; or a folder with such files",
    };

    private readonly Option<string?> output = new("--out")
    {
        Description =
            "Page to write (.html): the article, in which each number says what was found; of a folder, a folder",
        HelpName = "FILE",
    };

    private readonly Option<bool> strict = new("--strict")
    {
        Description = "End with exit code 1 if a number is wrong (for use as a linter)",
    };

    public CheckCommand() : base("check", "Recompute the numbers of an article and say which are wrong")
    {
        Arguments.Add(article);
        Options.Add(output);
        Options.Add(strict);
    }

    public override int Place => 13;

    public override IReadOnlyList<string> Examples =>
        ["nabla check article.md", "nabla check page.html --out checked.html", "nabla check articles/ --json --strict"];

    public override int Run(Session session)
    {
        string path = session.Get(article);
        bool isFolder = Directory.Exists(path);
        string[] files = isFolder ? ArticleFiles.In(path) : [path];
        if (!isFolder && session.Get(output) is { } single
            && !single.EndsWith(".html", StringComparison.OrdinalIgnoreCase)
            && !single.EndsWith(".htm", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"--out writes a page of HTML, so '{single}' must end in .html.");
        if (files.Length == 0)
            throw new UsageException(
                $"'{path}' has no article: no file that ends in {string.Join(", ", ArticleFiles.Extensions)}.");
        string? PageOf(string file) => session.Get(output) is not { } to ? null
            : isFolder ? ArticleFiles.PageOf(to, path, file) : to;
        foreach (string file in files)
            if (PageOf(file) is { } page)
                ArticleFiles.RequireApart(page, path, files);
        List<ArticleCheck> checks = [];
        List<UnreadFile> unread = [];
        foreach (string file in files)
        {
            if (Check(session, file, isFolder ? unread : null) is not { } check)
                continue;
            checks.Add(check);
            if (PageOf(file) is { } page)
                AtomicFile.WriteText(page, ArticlePage.Write(check));
        }
        session.Result(isFolder ? Documents(checks, unread) : ArticleJson.Write(checks[0]), () =>
            CheckText.Print(session.Screen, checks));
        foreach (UnreadFile file in unread)
            session.Remarks.Line(new InkedLine("nabla: ", Ink.Bad).Add($"{file.Path} was not checked: {file.Why}"));
        if (session.Get(output) is { } written && checks.Count > 0)
            session.Screen.Line(new InkedLine("The annotated page is in ", Ink.Dim).Add(written));
        bool isWrong = checks.Exists(check => check.Count(Verdict.Wrong) > 0);
        return unread.Count > 0 ? Errors.WrongInput : isWrong && session.Get(strict) ? SomethingIsWrong : 0;
    }

    // One file of a folder that cannot be read does not keep the others from being checked.
    private static ArticleCheck? Check(Session session, string file, List<UnreadFile>? unread)
    {
        try
        {
            return session.Interrupts.WaitFor(() => ArticleCheck.Run(ArticleFiles.Read(file)));
        }
        catch (Exception error) when (unread is not null && error is not OperationCanceledException)
        {
            unread.Add(new UnreadFile(file, Errors.Explain(error).Message));
            return null;
        }
    }

    // All claims and formulas together, each with its file.
    private static JsonObject Documents(IEnumerable<ArticleCheck> checks, IEnumerable<UnreadFile> unread)
    {
        JsonArray claims = [], formulas = [];
        foreach (ArticleCheck check in checks)
        {
            JsonObject document = ArticleJson.Write(check);
            foreach ((string name, JsonArray all) in new[] { ("claims", claims), ("formulas", formulas) })
            {
                foreach (JsonNode? found in document[name]!.AsArray())
                {
                    JsonObject copy = found!.DeepClone().AsObject();
                    copy.Insert(0, "file", check.Article.Name);
                    all.Add(copy);
                }
            }
        }
        var errors = new JsonArray([.. unread.Select(file =>
            new JsonObject { ["file"] = file.Path, ["error"] = file.Why })]);
        return new JsonObject { ["claims"] = claims, ["formulas"] = formulas, ["unread"] = errors };
    }

    private sealed record UnreadFile(string Path, string Why);
}
