using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using MfaPlan.Core.Evidence;

namespace MfaPlan.Cli.Tests.Evidence;

/// <summary>
/// Every JSON of a pack with any of its values replaced, taken out or doubled, drawn from a seed; and whatever has a digest over it made anew, as a forger
/// would: names, the journal's chain, the manifest. The verifier always answers, and never that the pack is whole.
/// </summary>
public sealed class FuzzedPackTests
{
    private const int Times = 1500;
    private const string Mark = "~raw~";

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new(Compact) { WriteIndented = true, NewLine = "\n" };

    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1e400", "2147483648", "9223372036854775808", "-0.5", "\"\"", "\"x\"", "\"\\ud800\"", "\"\\udc00x\"", "\"\\u0000\"", "[]", "{}", "[null]",
        "[[]]", "{\"id\":null}", "\"9999-12-31T23:59:59.9999999Z\"", "\"0001-01-01T00:00:00Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"10675199.02:48:05.4775807\"",
        "\"2:wave/\"", "\"99999999999:x\"", "\"user/\"", "\"user/00000000-0000-4000-8000-000000000009\"", "79228162514264337593543950335",
        "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"", Deep("[", "]"), Deep("{\"a\":", "}"),
    ];

    [Fact]
    public async Task Whatever_becomes_of_a_value_the_verifier_answers_and_never_that_it_is_whole()
    {
        using var cli = await Packs.GatedAsync();
        (await cli.RunAsync("evidence", "plan.yaml", "--out", "pack")).Exit.ShouldBe(0);
        var (pack, check) = (MemoryPack.Of(cli.PathOf("pack")), MemoryPack.Checker(cli, flawsOnly: false));
        (await check(pack.Copy().Remade())).ShouldBe([]);
        var random = new PCG(stream: 7, seed: 20_261_124);
        var files = pack.Files.Keys.Where(static path => !path.StartsWith("signers/", StringComparison.Ordinal) && !path.StartsWith("plans/", StringComparison.Ordinal)
            && !path.EndsWith(".sig", StringComparison.Ordinal) && !path.EndsWith(".md", StringComparison.Ordinal) && !path.EndsWith(".sha256", StringComparison.Ordinal)).ToList();
        files.Select(static path => path.Split('/')[0]).Distinct(StringComparer.Ordinal).Count().ShouldBeGreaterThan(10);
        var (fell, tried) = (new List<string>(), 0);

        for (var time = 0; time < Times; time++)
        {
            var path = files[time % files.Count];
            var (how, bytes) = Changed(pack.Files[path], random, path == PackPaths.Manifest);
            try
            {
                var forged = Forged(pack, path, bytes);
                if (forged.Files.Count == pack.Files.Count && forged.Files.All(file => pack.Files.TryGetValue(file.Key, out var old) && old.AsSpan().SequenceEqual(file.Value)))
                {
                    continue; // the same value again, or a hash that the forger worked out anew
                }

                tried++;
                if ((await check(forged)).Count == 0)
                {
                    fell.Add($"{path}, {how}: whole");
                }
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                fell.Add($"{path}, {how}: {error}");
            }
        }

        fell.ShouldBeEmpty(string.Join('\n', fell.Take(10)));
        tried.ShouldBeGreaterThan(Times * 9 / 10);
    }

    /// <summary>The pack with a file changed and everything over it made anew that a forger can make.</summary>
    private static MemoryPack Forged(MemoryPack pack, string path, byte[] bytes)
    {
        var forged = pack.Copy();
        forged.Files[path] = bytes;
        switch (path.Split('/')[0])
        {
            case PackPaths.Manifest:
                forged.Files[PackPaths.ManifestDigest] = ManifestText.DigestFile(bytes);
                return forged;
            case "journal":
                return forged.Rechained(static line => line);
            case "change-sets":
                var (old, made) = (PackPaths.DigestOf(path), PackForger.Sha256(bytes));
                forged.Rename(old, made);
                return forged.Rechained(line => line.Replace(old, made, StringComparison.Ordinal));
            case "readings" when DigestsOf(bytes) is var (query, sample):
                var names = path.Split('/', '.');
                forged.Files.Remove(path);
                forged.Files[PackPaths.Reading(query, sample)] = bytes;
                return forged.Rechained(line => line.Replace(names[1], query, StringComparison.Ordinal).Replace(names[2], sample, StringComparison.Ordinal));
            default:
                return forged.Remade();
        }
    }

    /// <summary>The digests that a reading's name would have, by its text alone.</summary>
    private static (string Query, string Sample)? DigestsOf(byte[] reading)
    {
        var text = Encoding.UTF8.GetString(reading);
        var (start, middle, end) = (text.IndexOf("\"query\":", StringComparison.Ordinal), text.IndexOf(",\"sample\":", StringComparison.Ordinal), text.LastIndexOf(",\"result\":", StringComparison.Ordinal));
        return start < 0 || middle < start || end < middle
            ? null
            : (PackForger.Sha256(Encoding.UTF8.GetBytes(text[(start + 8)..middle])), PackForger.Sha256(Encoding.UTF8.GetBytes(text[(middle + 10)..end])));
    }

    /// <summary>One line of a file, or the one document that it is, with one value of it changed.</summary>
    private static (string How, byte[] Bytes) Changed(byte[] file, PCG random, bool whole)
    {
        var lines = Encoding.UTF8.GetString(file).TrimEnd('\n').Split(whole ? '\0' : '\n');
        var at = random.Next((uint)lines.Length);
        var root = JsonNode.Parse(lines[at])!;
        var places = new List<(JsonNode Parent, string? Name, int Index)>();
        Walk(root, places);
        var (parent, name, index) = places[(int)random.Next((uint)places.Count)];
        var value = Values[random.Next((uint)Values.Length)];
        var way = random.Next(8);
        var raw = "\"" + Mark + "\"";
        switch (way)
        {
            case 0 when name is not null:
                parent.AsObject().Remove(name);
                break;
            case 0:
                parent.AsArray().RemoveAt(index);
                break;
            case 1 when name is not null:
                parent.AsObject().Insert(parent.AsObject().IndexOf(name), Mark + name, Mark);
                break;
            case 1:
                parent.AsArray().Insert(index, Mark);
                break;
            case 2 when name is not null:
                parent.AsObject().Insert(parent.AsObject().IndexOf(name), "more", Mark);
                break;
            default:
                if (name is not null)
                {
                    parent[name] = Mark;
                }
                else
                {
                    parent[index] = Mark;
                }

                break;
        }

        lines[at] = root.ToJsonString(whole ? Indented : Compact).Replace(raw, value, StringComparison.Ordinal).Replace("\"" + Mark, "\"", StringComparison.Ordinal);
        return (string.Create(CultureInfo.InvariantCulture, $"line {at}, {name ?? "element"}, way {way}, {value[..Math.Min(40, value.Length)]}"),
            Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
    }

    private static void Walk(JsonNode node, List<(JsonNode Parent, string? Name, int Index)> places)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    places.Add((members, name, 0));
                    Into(value);
                }

                break;
            case JsonArray elements:
                for (var index = 0; index < elements.Count; index++)
                {
                    places.Add((elements, null, index));
                    Into(elements[index]);
                }

                break;
        }

        void Into(JsonNode? value)
        {
            if (value is not null)
            {
                Walk(value, places);
            }
        }
    }

    private static string Deep(string open, string close) => string.Concat(Enumerable.Repeat(open, 2000)) + "1" + string.Concat(Enumerable.Repeat(close, 2000));
}
