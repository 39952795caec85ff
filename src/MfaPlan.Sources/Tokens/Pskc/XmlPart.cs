using System.Text;
using System.Xml;

namespace MfaPlan.Sources.Tokens.Pskc;

/// <summary>
/// A piece of an XML document that is small and shallow for certain. Names are compared without their prefix and case,
/// because producers differ in the first and privacyIDEA writes everything in lower case.
/// </summary>
internal sealed class XmlPart
{
    private const int MaxDepth = 32;
    private const int MaxParts = 1000;

    private readonly StringBuilder _text = new();
    private readonly List<XmlPart> _parts = [];
    private readonly Dictionary<string, string> _attributes = new(StringComparer.OrdinalIgnoreCase);

    private XmlPart(XmlReader reader)
    {
        Name = reader.LocalName;
        Line = (reader as IXmlLineInfo)?.LineNumber ?? 0;
        while (reader.MoveToNextAttribute())
        {
            _attributes.TryAdd(reader.LocalName, reader.Value);
        }

        reader.MoveToElement();
    }

    /// <summary>The element's name without prefix.</summary>
    public string Name { get; }

    /// <summary>The line where it starts, from 1.</summary>
    public long Line { get; }

    /// <summary>Its own text, without spaces around it.</summary>
    public string Text => _text.ToString().Trim();

    /// <summary>Whether it has this name.</summary>
    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>An attribute; null when there is none.</summary>
    public string? Attribute(string name) => _attributes.GetValueOrDefault(name);

    /// <summary>The elements in it of one name.</summary>
    public IEnumerable<XmlPart> All(string name) => _parts.Where(part => part.Is(name));

    /// <summary>The first of some names that more than one element in it has; null where none has.</summary>
    public string? Twice(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (All(name).Skip(1).Any())
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>The first element along a path of names; null when there is none.</summary>
    public XmlPart? At(params ReadOnlySpan<string> path)
    {
        var part = this;
        foreach (var name in path)
        {
            part = part?.All(name).FirstOrDefault();
        }

        return part;
    }

    /// <summary>
    /// The parts directly under the root, one after the other, so that a long file is never held whole.
    /// </summary>
    /// <param name="reader">At the beginning of the document.</param>
    /// <exception cref="XmlException">The document is not well-formed, or a part is too large or too deep.</exception>
    public static IEnumerable<XmlPart> UnderRoot(XmlReader reader)
    {
        reader.MoveToContent();
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                yield return Read(reader);
            }
        }
    }

    private static XmlPart Read(XmlReader reader)
    {
        var open = new Stack<XmlPart>([new XmlPart(reader)]);
        var count = 1;
        var top = open.Peek();
        if (reader.IsEmptyElement)
        {
            return top;
        }

        while (open.Count > 0 && reader.Read())
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var part = new XmlPart(reader);
                    open.Peek()._parts.Add(part);
                    if (++count > MaxParts || open.Count > MaxDepth)
                    {
                        throw new XmlException("Too large.", null, (int)part.Line, 0);
                    }

                    if (!reader.IsEmptyElement)
                    {
                        open.Push(part);
                    }

                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    open.Peek()._text.Append(reader.Value);
                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    break;
                default:
                    break;
            }
        }

        return top;
    }
}
