using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MfaPlan.Sandbox.Generating;

namespace MfaPlan.Cli.Commands;

/// <summary>The plan over a made-up company, and the files beside it that an author would write.</summary>
internal static class GeneratedPlan
{
    private const string Backup = "Backup of MFA Server, of 2026-10-01.\n";
    private const string Policies = "<policies/>\n";

    /// <summary>Writes plan.yaml; for the whole road also answers, their evidence and an empty list of exceptions.</summary>
    public static void Write(GeneratedCompany company, string folder)
    {
        if (company.Waves.IsEmpty)
        {
            File.WriteAllText(Path.Combine(folder, "plan.yaml"), Short(company));
            return;
        }

        File.WriteAllText(Path.Combine(folder, "plan.yaml"), Whole(company));
        File.WriteAllText(Path.Combine(folder, "exceptions.csv"), "user,owner,reason,expires\n");
        var evidence = Path.Combine(folder, "evidence");
        Directory.CreateDirectory(evidence);
        File.WriteAllText(Path.Combine(evidence, "PhoneFactor.pfdata"), Backup);
        File.WriteAllText(Path.Combine(evidence, "adfs-policies.xml"), Policies);
        File.WriteAllText(Path.Combine(folder, "answers.yaml"), Answers());
    }

    private static string Short(GeneratedCompany company) => string.Create(CultureInfo.InvariantCulture, $$"""
        apiVersion: mfaplan/v1
        kind: MigrationPlan
        metadata: { name: generated-{{company.Users}} }
        tenant: { id: {{company.Tenant:D}} }
        domains:
          - { name: contoso.com, expect: federated, mfaToday: none }
          - { name: contoso.io, expect: managed, mfaToday: entra }
        source:
          mfaServer: { users: {{CompanyGenerator.ExportFile}}, asOf: 2024-09-27 }
        match: { order: [upn, sid] }
        migrate:
          groups: [{{company.Group}}]
        protect:
          breakGlass: [{{string.Join(", ", company.BreakGlass)}}]

        """);

    private static string Whole(GeneratedCompany company) => string.Create(CultureInfo.InvariantCulture, $$"""
        # A whole migration, from the methods to the end of the staged rollout (docs/walkthrough.md).
        apiVersion: mfaplan/v1
        kind: MigrationPlan
        metadata: { name: contoso-2026, owner: identity@contoso.com, changeRequest: CHG0042001 }
        tenant: { id: {{company.Tenant:D}} }
        domains:
          - { name: contoso.com, expect: federated, mfaToday: none, evidence: CHG0041999 }
          - { name: contoso.io, expect: managed, mfaToday: entra }
        source:
          mfaServer: { users: {{CompanyGenerator.ExportFile}}, asOf: 2024-09-27 }
          tokens: [{ file: {{CompanyGenerator.TokenFile}}, format: csv }]
        match: { order: [upn, sid], sidMismatch: refuse, misses: { max: 4% } }
        migrate:
          groups: [{{company.Group}}]
          phone: { existing: keep }
          backupPhone: { existing: keep }
          mobileApp: { seedUnknown: reRegister }
          oathToken: { existing: keep }
          defaultMethod: ifNotSet
          include: { sourceDisabled: list, entraDisabled: list, guests: list, admins: refuse }
        reRegister: { campaign: { group: MFA-ReRegister, snooze: 3d }, deadline: 2027-01-15 }
        protect:
          breakGlass: [{{string.Join(", ", company.BreakGlass)}}]
          neverWrite: [SvcAccounts]
          neverRoute: [SvcAccounts]
          phoneOnly: { accept: [MFA-Bridge], until: 2027-01-15, followUp: CHG0042050 }
        policy:
          ensure:
            microsoftAuthenticator: { groups: [{{company.Group}}] }
            sms: { groups: [{{company.Group}}], signIn: forbid }
            voice: { groups: [{{company.Group}}] }
            hardwareOath: { groups: [MFA-Tokens] }
          systemPreferred: leave
          completeMigration: never
        rollout:
          policyName: MFA rollout policy
          gateDefaults:
            propagation: 24h
            soak: 5d
            minUsers: 50
            freshMfaUsers: 60%
            failedUsers: 2%
            perMethodUsers: 3
            attest: [seesMethods, callOrText, push, hardwareToken]
            inconclusive: hold
            signers: 1
          waves:
        {{string.Join('\n', company.Waves.Select(static wave => $"    - {{ name: {wave.Name}, from: [{wave.From}], into: [{wave.Into}], max: {wave.Max.ToString(CultureInfo.InvariantCulture)} }}"))}}
          retire: { after: cutOver, wait: 7d }
        cutOver:
          domains: [contoso.com]
          to: rejectMfaByFederatedIdp
          proof: allEnabledUsersOfDomain
          exceptions: exceptions.csv
          mfaRequiredBy: [{{company.AccessPolicy:D}}]
          window: "Sat 06:00-10:00 Europe/Berlin"
          watch: 48h
          signers: 2
        dependencies:
          - { id: vpn, kind: radius, users: [VPN-Users], owner: network@contoso.com, target: npsExtension, blocks: [cutOver], status: inProgress, due: 2027-01-10 }
        checklist: { answers: answers.yaml }
        approvals:
          allowedSigners: { file: allowed_signers, sha256: {{new string('0', 64)}} }
          notAuthor: true
          expire: 72h
        limits: { users: {{company.Users}}, overwrites: 0, admins: 1, noMethod: 0, moved: { users: 1% } }   # one administrator is of the domain that is switched
        state: { path: .mfaplan }

        """);

    private static string Answers() => $$"""
        format: 1
        items:                                  # the guide's steps by hand, each with evidence
          - { id: dependenciesIdentified, state: done, owner: identity@contoso.com, date: 2026-10-01, evidence: [{ text: "Walked through the console with the network team." }] }
          - { id: backup, state: done, owner: identity@contoso.com, date: 2026-10-01, evidence: [{ file: evidence/PhoneFactor.pfdata, sha256: {{Sha256(Backup)}} }] }
          - { id: installerKept, state: done, owner: identity@contoso.com, date: 2026-10-01, evidence: [{ link: "https://wiki.contoso.com/mfa-server/installer" }] }
          - { id: adfsVersion, state: done, owner: adfs@contoso.com, date: 2026-10-02, evidence: [{ text: "AD FS on Windows Server 2022." }] }
          - { id: adfsPolicies, state: done, owner: adfs@contoso.com, date: 2026-10-02, evidence: [{ file: evidence/adfs-policies.xml, sha256: {{Sha256(Policies)}} }] }
          - { id: providerSettings, state: notApplicable, reason: There was no MFA provider., owner: identity@contoso.com, date: 2026-10-02 }
          - { id: usersInformed, state: open, owner: helpdesk@contoso.com, date: 2026-10-05, evidence: [{ text: "Mail to all, and a page on the intranet." }] }
        rows:                                   # what of MFA Server is in use
          - { id: radius, answer: used, count: 1 }
          - { id: ldap, answer: notUsed }
          - { id: iisPlugIn, answer: notUsed }
          - { id: adfsAdapter, answer: notUsed, note: Taken out with CHG0041999. }
          - { id: windowsAuthentication, answer: notUsed }
          - { id: mim, answer: notUsed }
          - { id: sdkCallers, answer: notUsed }

        """;

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
