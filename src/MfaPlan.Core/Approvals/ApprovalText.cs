using System.Text.Json;

namespace MfaPlan.Core.Approvals;

/// <summary>
/// Approvals as the bytes that are signed: one line of JSON. There is one way to write given terms, and nothing else is read, so that a
/// document cannot be changed without its meaning or its signature being lost.
/// </summary>
public static class ApprovalText
{
    /// <summary>The newest version that is written and read.</summary>
    public const int Format = 1;

    /// <summary>The namespace of the signatures: one made for another purpose is no approval.</summary>
    public const string Namespace = "mfaplan-approval-v1";

    /// <summary>A document has no more bytes than that.</summary>
    public const int MaxBytes = 16 * 1024;

    /// <summary>The bytes of terms.</summary>
    public static byte[] Write(ApprovalTerms terms) => SignedLine.Write(json =>
    {
        json.WriteNumber("format", Format);
        json.WriteString("approves", terms is ApprovalTerms.Standing ? "changeSetsToCome" : "changeSet");
        json.WriteString("tenant", terms.Tenant.ToString("D"));
        json.WriteString("plan", terms.PlanDigest);
        switch (terms)
        {
            case ApprovalTerms.ForChangeSet one:
                json.WriteString("digest", one.Digest);
                break;
            case ApprovalTerms.Standing standing:
                json.WriteStartArray("kinds");
                foreach (var kind in standing.Kinds)
                {
                    json.WriteStringValue(kind);
                }

                json.WriteEndArray();
                json.WriteNumber("usersPerDay", standing.UsersPerDay);
                break;
        }

        json.WriteString("expires", SignedLine.Time(terms.Expires));
        json.WriteString("signer", terms.Signer);
    });

    /// <summary>The terms of a document.</summary>
    /// <exception cref="FormatException">The bytes are no document, or not as <see cref="Write"/> writes it; the message says why.</exception>
    public static ApprovalTerms Read(ReadOnlySpan<byte> document) =>
        SignedLine.Read(document, "an approval", "approvals", MaxBytes, Format, Of, Write);

    /// <summary>Whether a text can be a signer: a principal of allowed_signers has neither blanks nor commas nor patterns.</summary>
    public static bool IsSigner(string text) => SignedLine.IsSigner(text);

    private static ApprovalTerms Of(JsonElement json)
    {
        var tenant = SignedLine.Tenant(json);
        var plan = SignedLine.Digest(json, "plan");
        var expires = SignedLine.Time(json, "expires", "expiry");
        var signer = SignedLine.Signer(json);
        return SignedLine.Text(json, "approves") switch
        {
            "changeSet" => new ApprovalTerms.ForChangeSet(tenant, plan, SignedLine.Digest(json, "digest"), expires, signer),
            "changeSetsToCome" => new ApprovalTerms.Standing(
                tenant, plan, [.. json.GetProperty("kinds").EnumerateArray().Select(static kind => kind.GetString() ?? "")],
                json.GetProperty("usersPerDay").TryGetInt32(out var users) && users > 0 ? users : throw new FormatException("its users per day are no number"),
                expires, signer),
            _ => throw new FormatException("it does not say what it approves"),
        };
    }
}
