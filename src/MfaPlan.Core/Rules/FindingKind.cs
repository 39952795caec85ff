using System.Text;
using MfaPlan.Core.Changes;
using MfaPlan.Core.Diagnostics;

namespace MfaPlan.Core.Rules;

/// <summary>A kind of finding: its code, its weight, and the sentence it makes.</summary>
/// <param name="Descriptor">Code, severity and title.</param>
/// <param name="Template">The sentence; <c>{name}</c> stands for a value of the finding.</param>
public sealed record FindingKind(DiagnosticDescriptor Descriptor, string Template)
{
    /// <summary>The code.</summary>
    public string Code => Descriptor.Code;

    /// <summary>A kind that is good to know.</summary>
    internal static FindingKind Info(string code, string title, string template) => new(new(code, Severity.Info, title), template);

    /// <summary>A kind that somebody should look at.</summary>
    internal static FindingKind Warn(string code, string title, string template) => new(new(code, Severity.Warning, title), template);

    /// <summary>A kind that leaves something undone.</summary>
    internal static FindingKind Refuse(string code, string title, string template) => new(new(code, Severity.Error, title), template);

    /// <summary>A finding of this kind, without values yet.</summary>
    public Finding Found() => Finding.Of(Code);

    /// <summary>The sentence for a reader.</summary>
    /// <param name="finding">A finding of this kind.</param>
    /// <param name="reveal">Whether personal values are shown in clear.</param>
    public string Message(Finding finding, bool reveal)
    {
        var text = new StringBuilder(Template);
        foreach (var value in finding.Values)
        {
            text.Replace("{" + value.Name + "}", value.Show(reveal));
        }

        return text.ToString();
    }
}
