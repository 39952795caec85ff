using CsCheck;
using MfaPlan.Core.Diagnostics;
using MfaPlan.Core.Sources;

namespace MfaPlan.Sources.Tests;

/// <summary>The files of <c>corpus</c>, and what a few changed bytes make of them: a reader answers, and never throws or hangs.</summary>
public sealed class CorpusTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static TheoryData<string, string> Seeds
    {
        get
        {
            var seeds = new TheoryData<string, string>();
            foreach (var path in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            {
                seeds.Add(Path.GetFileName(Path.GetDirectoryName(path)!), Path.GetFileName(path));
            }

            return seeds;
        }
    }

    private static string Root => Path.Combine(Golden.RepositoryRoot, "tests/MfaPlan.Sources.Tests/corpus");

    [Fact]
    public void Every_reader_has_seeds() =>
        Directory.EnumerateDirectories(Root).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(UserReaders.All.Keys);

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_seed_is_read_or_refused_as_its_name_says(string reader, string seed)
    {
        var read = await AnswerAsync(reader, await SeedAsync(reader, seed));

        var isWhole = read.Value is { DamagedRows: 0 } && !read.Diagnostics.Any(static diagnostic => diagnostic.Descriptor.Severity == Severity.Error);
        isWhole.ShouldBe(Path.GetFileNameWithoutExtension(seed) is "whole" or "utf16", string.Join('\n', read.Diagnostics.Select(static one => one.Message)));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Changed_bytes_are_answered(string reader, string seed)
    {
        var bytes = await SeedAsync(reader, seed);
        await Edits.Of(bytes).SampleAsync(async changed => await AnswerAsync(reader, changed), iter: 400);
    }

    private static async Task<Checked<SourceTable>> AnswerAsync(string reader, byte[] bytes)
    {
        using var cancel = new CancellationTokenSource(Patience);

        var read = await UserReaders.ReadAsync(reader, bytes, cancel.Token);

        var errors = read.Diagnostics.Count(static diagnostic => diagnostic.Descriptor.Severity == Severity.Error);
        (read.Succeeded || errors > 0).ShouldBeTrue("Refused without a word.");
        (read.Value is not { DamagedRows: > 0 } || errors > 0).ShouldBeTrue("A row was left out without a word.");
        read.Diagnostics.ShouldAllBe(static diagnostic =>
            !diagnostic.Message.Contains("7472250", StringComparison.Ordinal) || diagnostic.Descriptor == SourceDiagnostics.ColumnsUnknown);
        return read;
    }

    private static Task<byte[]> SeedAsync(string reader, string seed) => File.ReadAllBytesAsync(Path.Combine(Root, reader, seed));
}
