using System.Globalization;
using System.Text.Json;
using Nabla.Formulas.Evaluation;
using Nabla.Formulas.Evaluation.Shapes;
using Nabla.Formulas.Explanation.Concepts;
using Nabla.Formulas.Printing;
using Nabla.Formulas.Trees;
using Nabla.Tensors;

namespace Nabla.Formulas.Explanation;

/// <summary>Explanations as JSON: what <c>nabla explain --json</c> prints.</summary>
public static class ExplanationJson
{
    /// <summary>
    /// Writes one object: ok, input_style, latex, mathml, reading, paragraph, steps, symbols, recognised, shape, value,
    /// gradients and warnings, and what else is known.
    /// </summary>
    public static void Write(Utf8JsonWriter json, ExplainedFormula explained)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(explained);
        json.WriteStartObject();
        json.WriteBoolean("ok", true);
        json.WriteString("formula", explained.Formula.Text);
        json.WriteString("input_style", StyleName(explained.Formula.Style));
        json.WriteString("latex", FormulaPrinter.Latex(explained.Formula.Tree));
        json.WriteString("mathml", FormulaPrinter.Mathml(explained.Formula.Tree));
        json.WriteString("text", FormulaPrinter.Text(explained.Formula.Tree));
        json.WriteString("reading", explained.Reading);
        json.WriteString("paragraph", explained.Paragraph);
        List(json, "steps", explained.Steps, Step);
        List(json, "symbols", explained.Symbols, Symbol);
        List(json, "recognised", explained.Recognised, Recognised);
        List(json, "concepts", explained.Concepts.SelectMany(Spellings.Of).Distinct(StringComparer.OrdinalIgnoreCase),
            static (json, concept) => json.WriteStringValue(concept));
        Shape(json, explained.Shape, explained.Inferred);
        Value(json, explained.Value);
        if (explained.StandardError is { } error)
            Number(json, "standard_error", error);
        Gradients(json, explained);
        List(json, "notes", explained.Notes, static (json, note) => json.WriteStringValue(note));
        List(json, "warnings", explained.Warnings, static (json, warning) => json.WriteStringValue(warning));
        json.WriteEndObject();
    }

    /// <summary>
    /// Writes what is wrong with a text that is no formula: ok, error, position and expected, and the text where one of
    /// many is meant.
    /// </summary>
    public static void Write(Utf8JsonWriter json, FormulaException error, string? text = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(error);
        json.WriteStartObject();
        json.WriteBoolean("ok", false);
        if (text is not null)
            json.WriteString("formula", text);
        json.WriteString("error", error.Message);
        if (error.Position >= 0)
            json.WriteNumber("position", error.Position);
        else
            json.WriteNull("position");
        json.WriteString("expected", error.Expected);
        json.WriteEndObject();
    }

    /// <summary>The word for a way of writing: <c>latex</c>, <c>unicode</c> or <c>ascii</c>.</summary>
    public static string StyleName(InputStyle style) => style switch
    {
        InputStyle.Latex => "latex",
        InputStyle.Unicode => "unicode",
        _ => "ascii",
    };

    private static void Step(Utf8JsonWriter json, ExplainedStep step)
    {
        json.WriteStartObject();
        json.WriteString("latex", FormulaPrinter.Latex(step.Expression));
        json.WriteString("reading", step.Reading);
        Shape(json, step.Value?.Shape, step.Inferred);
        Value(json, step.Value);
        if (step.Indices.Count > 0)
            List(json, "indices", step.Indices, static (json, index) => json.WriteStringValue(index));
        json.WriteEndObject();
    }

    private static void Symbol(Utf8JsonWriter json, ExplainedSymbol symbol)
    {
        json.WriteStartObject();
        json.WriteString("symbol", symbol.Symbol);
        json.WriteString("name", symbol.Name);
        json.WriteString("role", symbol.Role);
        Shape(json, symbol.Value?.Shape, symbol.Inferred);
        Value(json, symbol.Value);
        json.WriteString("text", symbol.Text);
        json.WriteString("type", symbol.Type);
        json.WriteString("defined", symbol.Defined);
        if (symbol.Note.Length > 0)
            json.WriteString("note", symbol.Note);
        json.WriteEndObject();
    }

    private static void Recognised(Utf8JsonWriter json, RecognisedFormula formula)
    {
        json.WriteStartObject();
        json.WriteString("id", formula.Id);
        json.WriteString("name", formula.Name);
        Number(json, "confidence", formula.Confidence);
        json.WriteString("source", formula.Source);
        json.WriteBoolean("part", formula.IsPart);
        json.WriteString("meaning", formula.Meaning);
        json.WriteString("intuition", formula.Intuition);
        json.WriteString("pitfalls", formula.Pitfalls);
        List(json, "concepts", formula.Concepts, static (json, concept) => json.WriteStringValue(concept));
        List(json, "related", formula.Related, static (json, id) => json.WriteStringValue(id));
        json.WriteNumber("lesson", formula.Lesson);
        json.WriteString("nabla", formula.Nabla);
        json.WriteEndObject();
    }

    private static void Gradients(Utf8JsonWriter json, ExplainedFormula explained)
    {
        json.WriteStartObject("gradients");
        foreach ((string name, NumberArray gradient) in explained.Gradients)
        {
            json.WritePropertyName(name);
            gradient.WriteTo(json);
        }
        json.WriteEndObject();
        if (explained.Derivatives.Count == 0)
            return;
        json.WriteStartObject("derivatives");
        foreach ((string name, Expression derivative) in explained.Derivatives)
            json.WriteString(name, FormulaPrinter.Latex(derivative));
        json.WriteEndObject();
    }

    private static void List<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
            write(json, item);
        json.WriteEndArray();
    }

    // A size that is known is a number, another one its name.
    private static void Shape(Utf8JsonWriter json, Shape? shape, InferredShape? inferred)
    {
        SymbolicShape? sizes = shape is { } numbers ? SymbolicShape.Of(numbers) : inferred?.Shape;
        if (sizes is null)
        {
            json.WriteNull("shape");
            return;
        }
        json.WriteStartArray("shape");
        foreach (string size in sizes.Sizes)
            if (int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                json.WriteNumberValue(number);
            else
                json.WriteStringValue(size);
        json.WriteEndArray();
        if (shape is null && inferred!.IsUsual)
            json.WriteBoolean("shape_usual", true);
    }

    private static void Value(Utf8JsonWriter json, NumberArray? value)
    {
        json.WritePropertyName("value");
        if (value is null)
            json.WriteNullValue();
        else
            value.WriteTo(json);
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
    }
}
