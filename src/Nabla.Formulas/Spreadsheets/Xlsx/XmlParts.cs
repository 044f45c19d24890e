using System.Text;
using System.Xml;

namespace Nabla.Formulas.Spreadsheets.Xlsx;

/// <summary>Short ways to write XML.</summary>
internal static class XmlParts
{
    extension(XmlWriter xml)
    {
        public void Attribute(string name, string value) => xml.WriteAttributeString(name, value);

        /// <summary>An element with attributes and nothing in it.</summary>
        public void Empty(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
        {
            xml.WriteStartElement(name);
            foreach ((string key, string value) in attributes)
                xml.WriteAttributeString(key, value);
            xml.WriteEndElement();
        }

        /// <summary>A text as it is; what XML cannot say becomes �.</summary>
        public void Text(string text)
        {
            xml.WriteAttributeString("xml", "space", null, "preserve");
            xml.WriteString(Sayable(text));
        }
    }

    /// <summary>The text with � for what XML cannot say.</summary>
    public static string Sayable(string text)
    {
        if (text.All(XmlConvert.IsXmlChar))
            return text;
        var said = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
            said.Append(rune.Value > char.MaxValue || XmlConvert.IsXmlChar((char)rune.Value) ? rune.ToString() : "�");
        return said.ToString();
    }
}
