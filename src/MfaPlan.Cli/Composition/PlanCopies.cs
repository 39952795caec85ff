using System.Security.Cryptography;
using System.Text;
using MfaPlan.Core.Plans;
using MfaPlan.Core.Privacy;
using MfaPlan.Engine.Evidence;

namespace MfaPlan.Cli.Composition;

/// <summary>Plans with their lists of signers, as an evidence pack holds them.</summary>
internal static class PlanCopies
{
    private const int LongestList = 1 << 20;

    /// <summary>A plan's copy.</summary>
    /// <param name="host">The world.</param>
    /// <param name="path">The plan file.</param>
    /// <param name="reveal">Whether names of users may stand in it in clear.</param>
    public static PlanCopy Of(CliHost host, string path, bool reveal)
    {
        var loaded = Workspace.Load(host, path);
        var text = WithoutMark(File.ReadAllBytes(host.FullPath(path)));
        if (Sha256(text) != loaded.Digest)
        {
            throw new IOException($"{path} was changed while it was read. Run the command again.");
        }

        var mask = !reveal && loaded.Plan.Migrate.Users.Any(IsName);
        var signers = Signers(loaded);
        return new PlanCopy(
            loaded.Digest, mask ? Masked(text, loaded.Plan) : text, mask, signers,
            signers is null ? loaded.Plan.Approvals?.AllowedSigners.Sha256.ToLowerInvariant() : null);
    }

    /// <summary>The text as its digest is made of it: without a byte order mark, with plain line ends.</summary>
    private static byte[] WithoutMark(byte[] bytes) => Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(bytes).TrimStart('\ufeff').Replace("\r\n", "\n", StringComparison.Ordinal));

    /// <summary>The text with every user's principal name masked; null where one still stands in it by another way of writing.</summary>
    private static ReadOnlyMemory<byte>? Masked(byte[] text, Plan plan)
    {
        var names = plan.Migrate.Users.Where(IsName).OrderByDescending(static name => name.Length).ToList();
        var masked = names.Aggregate(
            Encoding.UTF8.GetString(text), static (all, name) => all.Replace(name, Mask.Name(name), StringComparison.OrdinalIgnoreCase));
        var bytes = Encoding.UTF8.GetBytes(masked);
        return PlanReader.ReadBytes("masked", bytes).Value is { } read && !read.Migrate.Users.Intersect(names, StringComparer.OrdinalIgnoreCase).Any()
            ? bytes
            : default(ReadOnlyMemory<byte>?);
    }

    private static (string Sha256, ReadOnlyMemory<byte> List)? Signers(LoadedPlan loaded)
    {
        if (loaded.Plan.Approvals is not { AllowedSigners: { } pinned } || !File.Exists(loaded.Resolve(pinned.File)))
        {
            return null;
        }

        using var stream = File.OpenRead(loaded.Resolve(pinned.File));
        if (stream.Length is 0 or > LongestList)
        {
            return null;
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Sha256(bytes).Equals(pinned.Sha256, StringComparison.OrdinalIgnoreCase) ? (Sha256(bytes), bytes) : null;
    }

    private static bool IsName(string user) => user.Contains('@', StringComparison.Ordinal);

    private static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
