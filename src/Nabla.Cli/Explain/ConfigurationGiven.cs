using Nabla.Formulas;
using Nabla.Formulas.Configurations;
using Nabla.Learning.Checkpoints;

namespace Nabla.Cli.Explain;

/// <summary>Settings, the sizes of a model, or a line of a training log.</summary>
internal sealed class ConfigurationGiven : IGivenReader
{
    public int? TryExplain(Session session, string text, ExplainOptions options)
    {
        if (options.IsForFormula)
            return null;
        try
        {
            if (ConfigurationReader.TryExplain(text) is not { } explained)
                return null;
            Show(session, explained, options);
            return 0;
        }
        catch (FormulaException error)
        {
            return FormulaError.Report(session, text, error);
        }
    }

    public static void Show(Session session, ConfigurationExplanation explained, ExplainOptions options)
    {
        if (session.Get(CommonOptions.Plot) is not null)
            throw new UsageException("--plot draws formulas and runs; there is no picture of settings.");
        if (session.Json)
            Write(session, ConfigurationDocument.Write(explained), options);
        else
            ConfigurationScreen.Print(session.Screen, explained, options);
    }

    /// <summary>The document to standard output, or to the file that is asked for.</summary>
    public static void Write(Session session, string document, ExplainOptions options)
    {
        if (options.Out is { } file)
            AtomicFile.WriteText(file, document + "\n");
        else
            session.Streams.Output.WriteLine(document);
    }
}
