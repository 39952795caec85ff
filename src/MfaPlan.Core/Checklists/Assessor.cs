using System.Globalization;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Text;

namespace MfaPlan.Core.Checklists;

/// <summary>Goes through the guide's tables for one plan: from the source where it shows a row's use, else from the answers.</summary>
public static class Assessor
{
    /// <summary>Assesses a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="view">The answers; null where the plan keeps none.</param>
    /// <param name="source">The on-premises data.</param>
    public static Assessment Assess(Plan plan, ChecklistView? view, SourceData source)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var counts = SourceCounts.Of(source);
        return new Assessment(
            plan.Metadata.Name,
            counts,
            [.. GuideData.Rows.Select(row => Assess(row, plan, view?.Answers.Rows.FirstOrDefault(answer => answer.Id == row.Id), counts))],
            plan.Dependencies,
            ChecklistJudge.Judge(view));
    }

    private static AssessedRow Assess(GuideRow row, Plan plan, RowAnswer? answer, SourceCounts counts) => row switch
    {
        { Known: RowKnown.Always } => new(row, Joined(Shown(row, counts)?.Text, answer), RowVerdict.NothingToDo, null),
        { Table: GuideTable.Services } => Service(row, plan, answer),
        { Known: RowKnown.Source } when Shown(row, counts) is { } shown => OfSource(row, answer, shown, counts),
        _ => OfAnswer(row, plan, answer),
    };

    private static AssessedRow OfSource(GuideRow row, RowAnswer? answer, (int Users, string Text) shown, SourceCounts counts)
    {
        var found = Joined(shown.Text, answer);
        return shown.Users > 0 || answer?.Answer == RowUse.Used ? new(row, found, VerdictOf(row, counts), NextOf(row, counts))
            : counts.Damaged == 0 || answer?.Answer == RowUse.NotUsed ? new(row, found, RowVerdict.NothingToDo, null)
            : new(row, string.Create(CultureInfo.InvariantCulture, $"{found}, but {counts.Damaged} records could not be read"), RowVerdict.NotAnswered,
                "Mend the source's damaged rows, or answer the row.");
    }

    private static AssessedRow OfAnswer(GuideRow row, Plan plan, RowAnswer? answer) => answer switch
    {
        null => new(row, "not answered", RowVerdict.NotAnswered, $"Answer the row {row.Id}: used or notUsed."),
        { Answer: RowUse.NotUsed } => new(row, Joined(null, answer), RowVerdict.NothingToDo, null),
        _ when row.Ensure is { } part && Ensures(plan, part) is { } named => new(row, Joined(null, answer), RowVerdict.CarriedOver, $"{named} of the plan lets users have it."),
        _ => new(row, Joined(null, answer), row.Used, NextOf(row, null)),
    };

    /// <summary>What the plan lists is in use, whatever the answer says: two answers that differ are resolved to the careful side.</summary>
    private static AssessedRow Service(GuideRow row, Plan plan, RowAnswer? answer)
    {
        var listed = plan.Dependencies.Where(dependency => row.Dependencies.Contains(dependency.Kind)).ToList();
        var certain = row.Dependencies.Length == 1 && listed.Count > 0;
        if (answer?.Answer != RowUse.Used && !certain)
        {
            return answer is null
                ? new(row, "not answered", RowVerdict.NotAnswered, $"Answer the row {row.Id}: used or notUsed.")
                : new(row, Joined(null, answer), RowVerdict.NothingToDo, null);
        }

        var open = listed.Where(static dependency => dependency.Status != DependencyStatus.Done).Select(static dependency => dependency.Id).ToList();
        var found = Joined(listed.Count == 0 ? null : $"dependencies: {string.Join(", ", listed.Select(static dependency => dependency.Id))}", answer);
        return listed.Count == 0 ? new(row, found, RowVerdict.Blocking, "List what uses it under dependencies in the plan, with owner and target.")
            : open.Count > 0 ? new(row, found, RowVerdict.Blocking, $"Move {string.Join(", ", open)}; then set the status to done.")
            : new(row, found + ", all moved", RowVerdict.NothingToDo, null);
    }

    private static RowVerdict VerdictOf(GuideRow row, SourceCounts counts) =>
        row.Id == "thirdPartyOathToken" && counts.Seeds > 0 && counts.Seeds >= counts.OathToken ? RowVerdict.CarriedOver : row.Used;

    private static string? NextOf(GuideRow row, SourceCounts? counts) => row.Id switch
    {
        "mobileApp" or "mobileAppPin" => "Have the users register the app again before their wave (mfaplan notices).",
        "phoneCallPin" => "Tell the users that the PIN goes; offer a stronger method.",
        "thirdPartyOathToken" when counts is not null && VerdictOf(row, counts) == RowVerdict.CarriedOver => null,
        "thirdPartyOathToken" => "Name the vendor's seed file under source.mfaServer.tokens; users without a seed need another method.",
        _ when row.Used == RowVerdict.CarriedOver => null,
        _ => $"Set it up: {row.Equivalent}.",
    };

    /// <summary>What the source shows of a row; null where it shows nothing.</summary>
    private static (int Users, string Text)? Shown(GuideRow row, SourceCounts counts) => row.Id switch
    {
        "phoneCall" => Users(counts.PhoneCall, (counts.Extensions, "primary phone of the source has an extension", "primary phones of the source have an extension"),
            (counts.BackupPhones, "user has a backup phone", "users have a backup phone")),
        "textMessage" => Users(counts.TextMessage, (counts.TwoWay, "user answers by text (two-way), which becomes a code to type in", "users answer by text (two-way), which becomes a code to type in")),
        "mobileApp" => Users(counts.MobileApp, (counts.WithDevices, "user with devices listed", "users with devices listed")),
        "phoneCallPin" => Users(counts.PhoneCallPin),
        "textMessagePin" => Users(counts.TextMessagePin),
        "mobileAppPin" => Users(counts.MobileAppPin),
        "thirdPartyOathToken" => Users(counts.OathToken, (counts.Seeds, "seed in the plan's token files", "seeds in the plan's token files")),
        "deviceLimit" => Users(counts.OverDeviceLimit) is var (users, text) ? (users, $"{text} with more than five devices in the source") : null,
        _ => null,
    };

    private static (int Users, string Text) Users(int users, params ReadOnlySpan<(int Count, string One, string Many)> more)
    {
        var text = users == 0 ? "no user" : Counted.Of(users, "user");
        foreach (var (count, one, many) in more)
        {
            text += count == 0 ? "" : "; " + Counted.Of(count, one, many);
        }

        return (users, text);
    }

    private static string Joined(string? shown, RowAnswer? answer)
    {
        var said = answer switch
        {
            null => null,
            { Answer: RowUse.NotUsed } => "answered: not used",
            { Count: { } count } => string.Create(CultureInfo.InvariantCulture, $"answered: used ({count})"),
            _ => "answered: used",
        };
        return string.Join("; ", new[] { shown, said }.OfType<string>());
    }

    private static string? Ensures(Plan plan, string part) => (part, plan.Policy?.Ensure) switch
    {
        ("sms", { Sms: not null }) => "policy.ensure.sms",
        ("voice", { Voice: not null }) => "policy.ensure.voice",
        ("microsoftAuthenticator", { MicrosoftAuthenticator: not null }) => "policy.ensure.microsoftAuthenticator",
        ("oath", { HardwareOath: not null }) => "policy.ensure.hardwareOath",
        ("oath", { SoftwareOath: not null }) => "policy.ensure.softwareOath",
        _ => null,
    };
}
