using System.Security.Cryptography;
using System.Text.Json;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Gates;
using MfaPlan.Core.Sources;
using MfaPlan.Core.Tenants;
using MfaPlan.Engine.Ports;
using MfaPlan.Sources.Files;

namespace MfaPlan.Sources.SignIns;

/// <summary>
/// An export of the sign-in log: the JSON that the portal downloads, or saved answers of <c>GET /beta/auditLogs/signIns</c>. It covers the time from its oldest to its
/// newest row that is no failure, since nothing else says what it was asked for; a failure never makes it cover more.
/// </summary>
public sealed class SignInFile : ISignInLog
{
    private const string Shape = "an array of sign-ins, or answers of Graph with their \"value\", each sign-in with createdDateTime and status.errorCode";

    private readonly InputFile _file;
    private readonly string _sha256;
    private readonly GateWindow _span;

    private SignInFile(InputFile file, string sha256, GateWindow span)
    {
        _file = file;
        _sha256 = sha256;
        _span = span;
    }

    /// <summary>Reads a file through once, without keeping its rows.</summary>
    /// <param name="file">The file.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <returns>The file, where every row of it can be read, and everything noticed.</returns>
    public static async Task<Checked<SignInFile>> OpenAsync(InputFile file, CancellationToken cancel)
    {
        var log = new RowLog(file);
        DateTimeOffset? oldest = null, newest = null;
        long rows = 0;
        var sha256 = await ReadAsync(log, fact =>
        {
            rows++;
            if (SignInRule.OutcomeOf(fact.ErrorCode) != SignInOutcome.Failed)
            {
                oldest = oldest < fact.At ? oldest : fact.At;
                newest = newest > fact.At ? newest : fact.At;
            }
        }, cancel);
        if (rows == 0 && !log.IsFatal)
        {
            log.OfFile(SourceDiagnostics.EmptyAt(file.Path));
        }

        return log.Checked(() => new SignInFile(
            file, sha256!, oldest is { } from && newest is { } until ? new(from, until) : new(DateTimeOffset.MaxValue, DateTimeOffset.MinValue)));
    }

    /// <inheritdoc/>
    public Task<Observed<SignInCoverage>> CoverAsync(DateTimeOffset now, CancellationToken cancellationToken) => Task.FromResult<Observed<SignInCoverage>>(
        _span.From <= _span.Until
            ? new Observed<SignInCoverage>.Seen(new SignInCoverage(_span.From, _span.Until, "file:" + _sha256), now)
            : new Observed<SignInCoverage>.Unknown("OnlyFailures"));

    /// <inheritdoc/>
    public async Task<Observed<long>> ReadAsync(
        GateWindow span, IReadOnlyCollection<Guid> users, Action<SignInFact> take, CancellationToken cancellationToken)
    {
        var log = new RowLog(_file);
        long rows = 0;
        var sha256 = await ReadAsync(log, fact =>
        {
            rows++;
            take(fact);
        }, cancellationToken);

        // It was read before: what it covers is said of other bytes when it has changed since.
        return sha256 == _sha256 ? new Observed<long>.Seen(rows, span.Until) : new Observed<long>.Unknown("FileChanged");
    }

    private static async Task<string?> ReadAsync(RowLog log, Action<SignInFact> take, CancellationToken cancel)
    {
        await using var file = SourceFile.Open(log.File, out var problem);
        if (file is null || problem is not null)
        {
            log.OfFile(problem ?? SourceDiagnostics.MissingAt(log.Path));
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var row = 0L;
        try
        {
            await new JsonRows(file, hash).ForEachAsync(
                element =>
                {
                    row++;
                    if (element.Deserialize(SignInJson.Default.SignInRow) is not { } signIn || signIn.ToFact() is not { } fact)
                    {
                        throw new JsonException();
                    }

                    if (signIn.IsInteractive)
                    {
                        take(fact);
                    }
                },
                cancel);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidOperationException or FormatException)
        {
            log.OfFile(SourceDiagnostics.JsonAt(log.Path, Math.Max(1, row), Shape));
        }
        catch (IOException broken)
        {
            log.OfFile(SourceDiagnostics.UnreadableAt(log.Path, broken.GetType().Name));
        }

        return null;
    }
}
