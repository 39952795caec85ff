using System.Globalization;
using MfaPlan.Core.Approvals;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Text;

namespace MfaPlan.Cli.Rendering;

/// <summary>Approvals in words.</summary>
internal static class ApprovalLines
{
    /// <summary>Who must sign, until when, and how.</summary>
    public static string Demand(Plan plan, ApprovalDemand.ForChangeSet demand)
    {
        var people = Counted.Of(demand.Signers, "signer");
        var not = demand.Author is { } author ? $", not {author}" : "";
        return PlainText.Of(
            $"approve  by {people} of {plan.Approvals?.AllowedSigners.File}{not}; holds {Durations.Format(demand.Longest)} at most: "
            + $"mfaplan approve {demand.Digest[..12]}");
    }

    /// <summary>One line for each approval and one for all of them.</summary>
    public static IEnumerable<string> Of(ApprovalVerdict verdict)
    {
        yield return "Approvals";
        foreach (var opinion in verdict.Opinions)
        {
            yield return "  " + PlainText.Of(Of(opinion));
        }

        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"  {verdict.Signers} of {verdict.Needed} needed signatures hold: {(verdict.Opens ? "it may be applied" : "it may not be applied")}");
    }

    private static string Of(ApprovalOpinion opinion) => (opinion.Counts, opinion.Terms) switch
    {
        (true, { } terms) => string.Create(CultureInfo.InvariantCulture, $"holds    {terms.Signer} until {terms.Expires.UtcDateTime:u}"),
        (_, { } terms) => $"{opinion.Flaw!.Code}  {terms.Signer}, {opinion.Name}: {opinion.Reason}",
        _ => $"{opinion.Flaw!.Code}  {opinion.Name}: {opinion.Reason}",
    };
}
