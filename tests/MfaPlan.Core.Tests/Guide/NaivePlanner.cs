namespace MfaPlan.Core.Tests.Guide;

/// <summary>
/// The tables of the guide once more, straight down and without a thought for speed or beauty. It shares nothing with the planner: where the two
/// disagree, one of them has read the tables wrongly.
/// </summary>
internal static class NaivePlanner
{
    public static (string Changes, string Codes) Plan(NaiveCase c)
    {
        var codes = new List<string>();

        // Who is left out.
        var leftOut = false;
        foreach (var (letter, code) in new[] { ('d', "MFP3005"), ('e', "MFP3006"), ('g', "MFP3007"), ('a', "MFP3008"), ('b', "MFP3009"), ('n', "MFP3010") })
        {
            if (c.Facts.Contains(letter))
            {
                codes.Add(code);
                if (letter is 'b' or 'n' || !c.Included.Contains(letter))
                {
                    leftOut = true;
                }
            }
        }

        if (!leftOut && c.OnlyChanged && c.Migrated == "same")
        {
            codes.Add("MFP3052");
            leftOut = true;
        }

        if (leftOut)
        {
            return ("", Sorted(codes));
        }

        // Phone and backup phone, by the table.
        var primary = c.Primary;
        var backup = c.Backup;
        string wantMobile = "", wantAlternate = "", wantOffice = "";
        bool mobileIsBackup = false, officeIsBackup = false;
        var bothExtensions = primary.Contains('x') && backup.Contains('x');
        if (primary.Contains('x') && c.Mode == "text")
        {
            codes.Add("MFP3023");
            primary = primary.Split('x')[0];
        }

        if (primary.Contains('x'))
        {
            wantOffice = primary;
        }
        else
        {
            wantMobile = primary;
        }

        if (backup is not "")
        {
            if (bothExtensions)
            {
                codes.Add("MFP3025");
            }
            else if (backup == primary)
            {
                codes.Add("MFP3026");
            }
            else if (backup.Contains('x'))
            {
                wantOffice = backup;
                officeIsBackup = true;
            }
            else if (wantMobile is not "" || c.Mobile is not "")
            {
                wantAlternate = backup;
            }
            else
            {
                codes.Add("MFP3024");
                wantMobile = backup;
                mobileIsBackup = true;
            }
        }

        // What Entra has. Of all choices of places to write, the largest in which no written number stays in another place.
        string[] want = [wantMobile, wantAlternate, wantOffice];
        string[] have = [c.Mobile, c.Alternate, c.Office];
        bool[] replace =
        [
            mobileIsBackup ? c.ReplaceBackup : c.ReplacePhone,
            c.ReplaceBackup,
            officeIsBackup ? c.ReplaceBackup : c.ReplacePhone,
        ];
        var write = new bool[3];
        var most = -1;
        for (var choice = 0; choice < 8; choice++)
        {
            bool[] chosen = [(choice & 1) != 0, (choice & 2) != 0, (choice & 4) != 0];
            var possible = true;
            for (var i = 0; i < 3; i++)
            {
                if (chosen[i])
                {
                    possible &= want[i] is not "" && want[i] != have[i] && (have[i] is "" || replace[i]);
                    for (var j = 0; j < 3; j++)
                    {
                        possible &= j == i || have[j] != want[i] || chosen[j];
                    }
                }
            }

            if (possible && chosen.Count(x => x) > most)
            {
                most = chosen.Count(x => x);
                write = chosen;
            }
        }

        string[] places = ["mobile", "alternateMobile", "office"];
        string[] after = [.. have];
        var changes = new List<string>();
        var goes = primary is "" ? -1 : primary.Contains('x') ? 2 : 0;
        var primaryPlace = goes;
        for (var i = 0; i < 3; i++)
        {
            if (want[i] is "" || want[i] == have[i])
            {
                continue;
            }

            var holder = -1;
            for (var j = 2; j >= 0; j--)
            {
                if (j != i && have[j] == want[i] && !write[j])
                {
                    holder = j;
                }
            }

            if (holder >= 0)
            {
                codes.Add("MFP3026");
                if (i == goes)
                {
                    primaryPlace = holder;
                }

                continue;
            }

            if (have[i] is not "")
            {
                codes.Add(replace[i] ? "MFP3028" : "MFP3027");
            }

            if (write[i])
            {
                // An alternate mobile cannot stand without a mobile.
                var place = i;
                if (i == 1 && after[0] is "")
                {
                    codes.Add("MFP3024");
                    place = 0;
                }

                after[place] = want[i];
                changes.Add($"{places[place]}={want[i]}");
                var usable = place switch
                {
                    0 => c.Allowed.Contains('s') || c.Allowed.Contains('v'),
                    1 => c.Allowed.Contains('v'),
                    _ => c.Allowed.Contains('v') && c.Allowed.Contains('o'),
                };
                if (!usable)
                {
                    codes.Add("MFP3044");
                }
            }
        }

        // What cannot be brought over.
        if (c.Mode == "oath" && c.Software == 0 && c.Hardware == 0)
        {
            codes.Add("MFP3041");
        }

        if (c.Mode == "text" && c.TwoWay)
        {
            codes.Add("MFP3043");
        }

        if (c.Pin)
        {
            codes.Add("MFP3042");
        }

        if (c.Apps == 0 && (c.Mode == "app" || c.Devices is not ""))
        {
            codes.Add("MFP3040");
            var devices = c.Devices.Count(x => x == '.') + c.Devices.Replace(".", "", StringComparison.Ordinal).Distinct().Count();
            if (devices > 0)
            {
                codes.Add("MFP3047");
            }

            if (devices > (c.Hardware > 0 ? 4 : 5))
            {
                codes.Add("MFP3048");
            }
        }

        // The default method.
        var usableToken = (c.Software > 0 && c.Allowed.Contains('t')) || (c.Hardware > 0 && c.Allowed.Contains('h'));
        var can = new List<string>();
        if (c.Apps > 0 && c.Allowed.Contains('a'))
        {
            can.Add("push");
        }

        if (usableToken)
        {
            can.Add("oath");
        }

        if (after[0] is not "" && c.Allowed.Contains('s'))
        {
            can.Add("sms");
        }

        if (after[0] is not "" && c.Allowed.Contains('v'))
        {
            can.Add("voiceMobile");
        }

        if (after[2] is not "" && c.Allowed.Contains('v') && c.Allowed.Contains('o'))
        {
            can.Add("voiceOffice");
        }

        if (after[1] is not "" && c.Allowed.Contains('v'))
        {
            can.Add("voiceAlternateMobile");
        }

        var asked = c.Mode switch
        {
            "call" => primaryPlace switch { 1 => "voiceAlternateMobile", 2 => "voiceOffice", _ => "voiceMobile" },
            "text" => "sms",
            "app" => "push",
            "oath" => "oath",
            _ => "",
        };
        var isSet = c.Default is not "";
        var next = "";
        switch (c.DefaultMode)
        {
            case "ifNotSet" when isSet:
                if (asked is not "" && asked != c.Default)
                {
                    codes.Add("MFP3030");
                }

                break;
            case "always" when isSet && asked is "":
                codes.Add("MFP3070");
                break;
            case "ifNotSet" or "always":
                next = can.Contains(asked) ? asked : can.FirstOrDefault("");
                if (next is not "" && asked is "")
                {
                    codes.Add("MFP3070");
                }
                else if (next is not "" && next != asked)
                {
                    codes.Add("MFP3031");
                }

                break;
            case "mostSecureIfNotSet" when !isSet:
                next = can.FirstOrDefault("");
                break;
        }

        if (next is "" && !isSet && c.DefaultMode != "leave")
        {
            codes.Add("MFP3033");
        }

        if (next is not "" && next != c.Default)
        {
            changes.Add("default=" + next);
            if (c.SystemPreferred)
            {
                codes.Add("MFP3032");
            }
        }

        // Whether the user can answer at the end, and for how long.
        var lasting = c.Passkeys > 0 || can.Contains("push") || usableToken;
        var phone = can.Contains("sms") || can.Exists(word => word.StartsWith("voice", StringComparison.Ordinal));
        if (!lasting && !phone)
        {
            codes.Add("MFP3046");
        }
        else if (!lasting)
        {
            codes.Add("MFP3045");
        }

        return (string.Join(' ', changes), Sorted(codes));
    }

    private static string Sorted(IEnumerable<string> codes) => string.Join(' ', codes.Order(StringComparer.Ordinal));
}
