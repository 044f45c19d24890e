using System.Globalization;
using Nabla.Cli.Output;
using Nabla.Formulas.Configurations;
using Nabla.Formulas.Configurations.Models;

namespace Nabla.Cli.Explain;

/// <summary>Shows people what settings, a model's sizes or a line of a log say.</summary>
internal static class ConfigurationScreen
{
    private const int WidestName = 28, WidestValue = 24;

    public static void Print(Screen screen, ConfigurationExplanation explained, ExplainOptions options)
    {
        if (options.Length == "line")
        {
            screen.Line(Printable.OnTerminal(explained.Reading));
            return;
        }
        screen.Line(Printable.OneLine(explained.Title, screen.Width), Ink.Good);
        screen.Line();
        Text(screen, explained.Reading, "", Ink.Strong);
        if (options.Length == "paragraph")
            return;
        if (explained.Model is { } size)
            Model(screen, size);
        Values(screen, explained.Values);
        if (explained.Warnings.Count == 0)
            return;
        Section(screen, "Mind");
        foreach (string warning in explained.Warnings)
            Text(screen, "! " + warning, "  ", Ink.Plain);
    }

    private static void Values(Screen screen, IReadOnlyList<ExplainedValue> values)
    {
        if (values.Count == 0)
            return;
        Section(screen, "Values");
        foreach (ExplainedValue value in values)
        {
            screen.Line(new InkedLine("  ").Add(Printable.OneLine(value.Name, WidestName), Ink.Model)
                .Add(value.Value.Length > 0 ? " = " : "").Add(Printable.OneLine(value.Value, WidestValue), Ink.Strong)
                .Add("  ").Add(value.Title, Ink.Dim));
            Text(screen, value.Meaning, "      ", Ink.Plain);
            if (value.Amounts.Length > 0)
                Text(screen, "here: " + value.Amounts, "      ", Ink.Good);
        }
    }

    private static void Model(Screen screen, ModelSize size)
    {
        Section(screen, "Parameters");
        var table = new TextTable("matrix", "shape", "times", "parameters", "share").AlignRight(2, 3, 4);
        foreach (WeightMatrix weight in size.Weights)
            table.Row(new InkedLine(Printable.OneLine(weight.Name, WidestName), Ink.Model), Shape(weight),
                Amounts.Count(weight.Count), Whole(weight.Parameters), Share(weight.Parameters, size.Parameters));
        table.Row(new InkedLine("all", Ink.Strong), "", "", new InkedLine(Whole(size.Parameters), Ink.Strong), "");
        if (size.ActiveParameters != size.Parameters)
            table.Row("of which a token passes through", "", "", Whole(size.ActiveParameters),
                Share(size.ActiveParameters, size.Parameters));
        screen.Lines(table.Draw());
        Section(screen, "Operations for a token");
        var operations = new TextTable("", "FLOP", "").AlignRight(1);
        (string alone, string beside, string training) = size.SeesAll
            ? ("forward, a token alone", "among", "3 × forward; each token attends to the whole context")
            : ("forward, the first token", "after", "3 × forward, at half of the context");
        operations.Row(alone, ModelTables.Short(size.ForwardFlops(0)), "2 × the matrices' numbers");
        if (size.Context > 0)
            operations.Row(new InkedLine($"forward, {beside} {Amounts.Count(size.Context)} tokens"),
                ModelTables.Short(size.ForwardFlops(size.Context)), "and attention to each of them");
        operations.Row("training", ModelTables.Short(size.TrainingFlops(size.Context)), training);
        screen.Lines(operations.Draw());
        Memory(screen, size);
    }

    private static void Memory(Screen screen, ModelSize size)
    {
        bool hasCache = size.Cache.NumbersPerToken > 0;
        string tokens = $"cache of {Amounts.Count(Math.Max(1, size.Context))} tokens";
        Section(screen, "Memory");
        var table = new TextTable("precision", "weights", hasCache ? tokens : "").AlignRight(1, 2);
        foreach ((string precision, double weights, double cache) in ModelTables.Memory(size))
            table.Row(precision, ModelTables.Bytes(weights), hasCache ? ModelTables.Bytes(cache) : "");
        table.Row("training with AdamW", ModelTables.Bytes(ModelTables.TrainingBytes(size)), "");
        screen.Lines(table.Draw());
        if (hasCache)
            Text(screen, $"Each token adds {ModelTables.Bytes(size.Cache.Bytes(1, 16))} to the cache of keys and "
                + $"values in 16 bits: {size.Cache.Formula}.", "  ", Ink.Dim);
        Text(screen, "Training: 2 bytes for a weight, 2 for its gradient, 12 for the 32-bit weight and Adam's two "
            + "means; activations come on top.", "  ", Ink.Dim);
    }

    private static string Shape(WeightMatrix weight) => Amounts.Count(weight.Rows)
        + (weight.Columns > 1 ? $" × {Amounts.Count(weight.Columns)}" : "");

    private static string Whole(Int128 value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Share(Int128 part, Int128 whole) =>
        ((double)part / (double)whole).ToString("0.0 %", CultureInfo.InvariantCulture);

    private static void Section(Screen screen, string title)
    {
        screen.Line();
        screen.Line(title, Ink.Dim);
    }

    private static void Text(Screen screen, string text, string indent, Ink ink)
    {
        foreach (string line in Printable.Wrap(text, screen.Width - indent.Length - 2))
            screen.Line(indent + line, ink);
    }
}
