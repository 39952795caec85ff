using System.Globalization;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Rules;
using Newtonsoft.Json.Linq;

namespace MfaPlan.Core.Plans;

/// <summary>What a plan of the right structure may still get wrong.</summary>
/// <param name="places">Where tokens stand.</param>
/// <param name="root">The document.</param>
/// <param name="plan">The plan made from it.</param>
internal sealed class MeaningCheck(Places places, JToken root, Plan plan)
{
    private readonly List<Diagnostic> _problems = [];

    /// <summary>Every problem in the meaning.</summary>
    public IEnumerable<Diagnostic> Check()
    {
        CheckTenantAndSource();
        CheckMatching();
        CheckProtection();
        CheckReRegister();
        CheckLists();
        CheckRollout();
        CheckCutOver();
        CheckLimits();
        CheckCredentials();
        CheckRest();
        return _problems;
    }

    private void CheckTenantAndSource()
    {
        if (plan.Tenant.Id == Guid.Empty)
        {
            Report(PlanDiagnostics.NoTenant, "tenant.id", "An id of zeros is no tenant's. The tenant's id stands in the Entra admin center's overview.");
        }

        ExactlyOneOf(
            "source", "mfaServer, webService, export, records",
            plan.Source.MfaServer, plan.Source.WebService, plan.Source.Export, plan.Source.Records);
        if (plan.Migrate.Groups.IsEmpty && plan.Migrate.Users.IsEmpty)
        {
            Report(PlanDiagnostics.NothingToMigrate, "migrate", "The plan names neither groups nor users. Name at least one under migrate.groups or migrate.users.");
        }

        Distinct("domains", plan.Domains.Select(static domain => domain.Name), "name");
        Distinct("dependencies", plan.Dependencies.Select(static dependency => dependency.Id), "id");
    }

    private void CheckMatching()
    {
        var listed = root.SelectToken("match.order");
        for (var i = 0; i < plan.Match.Order.Length; i++)
        {
            if (plan.Match.Order.IndexOf(plan.Match.Order[i]) < i)
            {
                Report(PlanDiagnostics.DuplicateName, $"match.order[{i}]", "The rule stands in the order already. Take one out.");
            }
        }

        if (listed is not null && plan.Match.Order.Contains(MatchRule.AdAttribute)
            && (plan.Match.AdAttribute is null || plan.ActiveDirectory is null))
        {
            Report(PlanDiagnostics.RuleIncomplete, "match.order",
                "The rule adAttribute needs match.adAttribute and activeDirectory. Add them, or take the rule out of the order.");
        }
    }

    private void CheckProtection()
    {
        if (plan.Protect is null || root.SelectToken("protect.breakGlass") is null)
        {
            Report(PlanDiagnostics.NoBreakGlass, plan.Protect is null ? "migrate" : "protect",
                "The plan names no emergency accounts. Name at least two under protect.breakGlass by object id; waves and cut-over will be refused without.");
        }
        else if (plan.Protect.BreakGlass.Distinct().Count() < 2)
        {
            Report(PlanDiagnostics.BreakGlassCount, "protect.breakGlass",
                "At least two different emergency accounts are needed, by object id: one alone may fail when it is needed.");
        }

        if (plan.Protect?.PhoneOnly is { } phoneOnly && phoneOnly.Until >= RuleData.PhonesEnd)
        {
            Report(PlanDiagnostics.AfterPhonesEnd, "protect.phoneOnly.until", string.Create(CultureInfo.InvariantCulture,
                $"Microsoft delivers no text messages and calls from {RuleData.PhonesEnd:yyyy-MM-dd}; users with phones alone are blocked then. Take an earlier day."));
        }
    }

    private void CheckReRegister()
    {
        if (plan.ReRegister?.Deadline is { } deadline && deadline >= RuleData.PhonesEnd)
        {
            Report(PlanDiagnostics.AfterPhonesEnd, "reRegister.deadline", string.Create(CultureInfo.InvariantCulture,
                $"From {RuleData.PhonesEnd:yyyy-MM-dd} users with phones alone are blocked; a deadline after that comes too late. Take an earlier day."));
        }

        switch (plan.ReRegister?.Campaign?.Snooze.Value)
        {
            case { TotalDays: > 14 }:
                Report(PlanDiagnostics.OutOfRange, "reRegister.campaign.snooze", "A registration campaign can be put off for 14 days at most.");
                break;
            case { } snooze when snooze.Ticks % TimeSpan.TicksPerDay != 0:
                Report(PlanDiagnostics.OutOfRange, "reRegister.campaign.snooze", "A registration campaign is put off for whole days: write 0d to 14d.");
                break;
        }
    }

    private void CheckRollout()
    {
        if (plan.Rollout is not { } rollout)
        {
            return;
        }

        if (rollout.Retire is { After: RetireAfter.CutOver } && plan.CutOver is not { To: FederatedMfa.RejectMfaByFederatedIdp })
        {
            Report(PlanDiagnostics.RetireWithoutCutOver, "rollout.retire",
                "Where the staged rollout ends its users go back to what their domain says, which is Entra MFA only after a cut-over to rejectMfaByFederatedIdp. "
                + "Add such a cutOver, or write after: never.");
        }

        Distinct("rollout.waves", rollout.Waves.Select(static wave => wave.Name), "name");
        var into = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var sources = rollout.Waves.SelectMany(static wave => wave.From).ToHashSet(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < rollout.Waves.Length; i++)
        {
            var wave = rollout.Waves[i];
            for (var j = 0; j < wave.Into.Length; j++)
            {
                if (!into.TryAdd(wave.Into[j], wave.Name))
                {
                    Report(PlanDiagnostics.DuplicateName, $"rollout.waves[{i}].into[{j}]",
                        $"The wave \"{into[wave.Into[j]]}\" fills this group already. Each wave has groups of its own.");
                }

                if (sources.Contains(wave.Into[j]))
                {
                    Report(PlanDiagnostics.DuplicateName, $"rollout.waves[{i}].into[{j}]",
                        "A wave takes its users from this group. Whoever joined it later would be moved at once and unproved: fill a group of its own.");
                }

                if (plan.Migrate.Groups.Contains(wave.Into[j], StringComparer.OrdinalIgnoreCase))
                {
                    Report(PlanDiagnostics.SameGroup, $"rollout.waves[{i}].into[{j}]",
                        "This group is migrated from as well. Data migration and rollout need different groups: filling one must not move the other's users.");
                }
            }
        }
    }

    /// <summary>Lists that say for whom or what: with nothing in them the part would do nothing, and nobody would notice.</summary>
    private void CheckLists()
    {
        foreach (var path in new[]
        {
            "activeDirectory.forests", "protect.phoneOnly.accept", "policy.ensure.*.groups", "rollout.waves", "rollout.waves[*].from",
            "rollout.waves[*].into", "cutOver.domains",
        })
        {
            foreach (var list in root.SelectTokens(path).Where(static token => token is JArray { Count: 0 }))
            {
                _problems.Add(places.Report(PlanDiagnostics.OutOfRange, list.Parent, "The list is empty. Name at least one, or take the part out."));
            }
        }
    }

    private void CheckCutOver()
    {
        if (plan.CutOver is not { } cutOver)
        {
            return;
        }

        for (var i = 0; i < cutOver.Domains.Length; i++)
        {
            if (!plan.Domains.Any(domain => domain.Name.Equals(cutOver.Domains[i], StringComparison.OrdinalIgnoreCase)))
            {
                Report(PlanDiagnostics.UnknownDomain, $"cutOver.domains[{i}]",
                    $"The plan's domains do not list \"{cutOver.Domains[i]}\". List it with where its MFA happens today, or correct the name.");
            }

            if (cutOver.Domains.Take(i).Contains(cutOver.Domains[i], StringComparer.OrdinalIgnoreCase))
            {
                Report(PlanDiagnostics.DuplicateName, $"cutOver.domains[{i}]", $"\"{cutOver.Domains[i]}\" is listed already. Take one out.");
            }
        }

        if (plan.Approvals is null)
        {
            Report(PlanDiagnostics.NobodySigns, "cutOver", string.Create(CultureInfo.InvariantCulture,
                $"The cut-over asks for {cutOver.Signers} signatures, and the plan names nobody who may sign. It can be previewed and not applied: add the part approvals."));
        }

        if (cutOver.Window is { } window && ChangeWindow.Parse(window) is null)
        {
            Report(PlanDiagnostics.WrongWindow, "cutOver.window",
                "A change window is a day, two times and a time zone, for example \"Sat 06:00-10:00 Europe/Berlin\".");
        }
    }

    private void CheckLimits()
    {
        var shares = new[]
        {
            "limits.*", "limits.moved.users", "match.misses.max", "rollout.gateDefaults.freshMfaUsers", "rollout.gateDefaults.failedUsers",
            "rollout.waves[*].gate.freshMfaUsers", "rollout.waves[*].gate.failedUsers",
        };
        foreach (var share in shares.SelectMany(path => root.SelectTokens(path)).OfType<JValue>()
            .Where(static value => value.Value is string text && Limit.Parse(text) is Limit.Share { Percent: > 100 }))
        {
            _problems.Add(places.Report(PlanDiagnostics.OutOfRange, share, "A share is 100% at most."));
        }
    }

    private void CheckCredentials()
    {
        for (var i = 0; i < plan.ActiveDirectory?.Forests.Length; i++)
        {
            if (!plan.ActiveDirectory.Forests[i].Server.StartsWith("ldaps://", StringComparison.OrdinalIgnoreCase))
            {
                Report(PlanDiagnostics.WrongForm, $"activeDirectory.forests[{i}].server",
                    "An ldaps address such as ldaps://gc.contoso.com:3269 is expected: without TLS the password would go in clear.");
            }
        }

        if (plan.SignIn?.App is { } app)
        {
            var given = new object?[] { app.Certificate, app.ClientSecret, app.WorkloadIdentity ? true : null, app.ManagedIdentity ? true : null }
                .Count(static member => member is not null);
            if (given > 1)
            {
                Report(PlanDiagnostics.ExactlyOne, "signIn.app",
                    "More than one credential is given. Keep one of certificate, clientSecret, workloadIdentity, managedIdentity; none means the environment's own identity.");
            }

            if ((app.Certificate is not null || app.ClientSecret is not null || app.WorkloadIdentity) && app.ClientId is null)
            {
                Report(PlanDiagnostics.MissingKey, "signIn.app", "\"clientId\" is missing here: this credential belongs to an application. Add its id.");
            }
        }

        foreach (var reference in root.SelectTokens("$..*").OfType<JObject>()
            .Where(static token => token.Parent is JProperty { Name: "key" or "password" or "clientSecret" or "credential" }))
        {
            if (reference.Properties().Count() != 1)
            {
                _problems.Add(places.Report(PlanDiagnostics.ExactlyOne, reference.Parent, "Name exactly one of env, file, keyVault."));
            }
        }
    }

    private void CheckRest()
    {
        if (plan is { Approvals.NotAuthor: true, Metadata: { Author: null, Owner: null } })
        {
            Report(PlanDiagnostics.MissingKey, "metadata",
                "\"author\" is missing here: approvals.notAuthor keeps the author from signing, and the plan does not say who that is.");
        }

        if (plan.Sync is { Expires: null })
        {
            Report(PlanDiagnostics.SyncWithoutEnd, "sync", "Continuous migration needs an end. Add sync.expires with a day.");
        }

        var hasDrive = plan.State.Path is [var drive, ':', ..] && char.IsAsciiLetter(drive);
        if (hasDrive || plan.State.Path[0] is '/' or '\\' || plan.State.Path.Split('/', '\\').Contains("..", StringComparer.Ordinal))
        {
            Report(PlanDiagnostics.StateElsewhere, "state.path",
                "The state lies outside the plan's folder, so the plan does not work the same in another checkout. That may be meant.");
        }
    }

    private void ExactlyOneOf(string path, string names, params ReadOnlySpan<object?> members)
    {
        var given = 0;
        foreach (var member in members)
        {
            given += member is null ? 0 : 1;
        }

        if (given != 1)
        {
            Report(PlanDiagnostics.ExactlyOne, path, $"Exactly one of {names} is needed; {(given == 0 ? "none" : "more than one")} is given.");
        }
    }

    private void Distinct(string path, IEnumerable<string> names, string key)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, index) in names.Select(static (name, index) => (name, index)))
        {
            if (!seen.Add(name))
            {
                Report(PlanDiagnostics.DuplicateName, $"{path}[{index}].{key}", $"\"{name}\" is used already. Give each a name of its own.");
            }
        }
    }

    private void Report(DiagnosticDescriptor descriptor, string path, string message)
    {
        var token = root.SelectToken(path);
        _problems.Add(places.Report(descriptor, token is JContainer and not JProperty && token.Parent is JProperty property ? property : token, message));
    }
}
