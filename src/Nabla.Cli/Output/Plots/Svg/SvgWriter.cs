using System.Globalization;
using System.Text;
using System.Xml;

namespace Nabla.Cli.Output.Plots;

/// <summary>Writes elements of SVG 1.1 with their attributes.</summary>
internal sealed class SvgWriter : IDisposable
{
    private const string Namespace = "http://www.w3.org/2000/svg";

    private readonly StringBuilder text = new();
    private readonly XmlWriter xml;

    public SvgWriter(double width, double height)
    {
        xml = XmlWriter.Create(
            text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, IndentChars = "" });
        xml.WriteStartElement("svg", Namespace);
        Attributes([("viewBox", $"0 0 {Number(width)} {Number(height)}"), ("width", width), ("height", height),
            ("role", "img")]);
    }

    /// <summary>An element without content.</summary>
    public void Element(string name, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        xml.WriteStartElement(name, Namespace);
        Attributes(attributes);
        xml.WriteEndElement();
    }

    /// <summary>An element with what is written until the result is disposed of.</summary>
    public IDisposable Group(string name, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        xml.WriteStartElement(name, Namespace);
        Attributes(attributes);
        return new End(xml);
    }

    /// <summary>An element with text; hostile characters are made harmless.</summary>
    public void Text(string name, string content, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        xml.WriteStartElement(name, Namespace);
        Attributes(attributes);
        xml.WriteString(Lettering.Clean(content));
        xml.WriteEndElement();
    }

    /// <summary>The style sheet, as it is.</summary>
    public void Style(string css) => xml.WriteElementString("style", Namespace, css);

    /// <summary>Ends the picture and returns the whole of it.</summary>
    public string Finish()
    {
        xml.WriteEndDocument();
        xml.Flush();
        return text.ToString();
    }

    public void Dispose() => xml.Dispose();

    /// <summary>A coordinate: a hundredth of a dot is enough.</summary>
    public static string Number(double value) =>
        Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    private void Attributes(ReadOnlySpan<(string Name, object Value)> attributes)
    {
        foreach ((string name, object value) in attributes)
            xml.WriteAttributeString(name, value switch
            {
                double number => Number(number),
                int number => number.ToString(CultureInfo.InvariantCulture),
                _ => (string)value,
            });
    }

    private sealed class End(XmlWriter xml) : IDisposable
    {
        public void Dispose() => xml.WriteEndElement();
    }
}
