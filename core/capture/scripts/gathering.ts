import { fetchCommands, type FetchCommand } from '../../names/fetch-commands.ts';
import { providerJsonCommand } from '../../schema/manifest/get-winevent.ts';
import { knownProviders, plannedProviders } from '../capture-sets.ts';
import { bundleMachineFile, bundleManifestFile, bundleSchemaFolder } from '../bundle-layout.ts';
import type { CapturePlan } from '../capture-plan.ts';
import { powerShellLiteral } from '../quoting/powershell.ts';
import { parseGuid } from '../../base/guid.ts';
import { lines } from './script-lines.ts';

/** Cmdlets whose output gives names, and the files that hold it; see bundle-layout.ts. */
const jsonParts = {
  'get-netadapter.json': 'Get-NetAdapter',
  'get-vmnetworkadapter.json': 'Get-VMNetworkAdapter',
  'get-vmswitch.json': 'Get-VMSwitch',
  'get-hnsendpoint.json': 'Get-HnsEndpoint',
  'get-hnsnetwork.json': 'Get-HnsNetwork',
} as const satisfies Record<string, FetchCommand>;

/** The functions that gather what is needed to read the trace elsewhere. */
export function gatheringFunctions(plan: CapturePlan): string[] {
  return [
    ...helperFunctions(),
    '',
    ...saveEverything(plan),
    '',
    ...saveManifest(plan),
    ...(plan.bundle === 'zip' ? ['', ...zipFunction()] : []),
  ];
}

function helperFunctions(): string[] {
  return lines`
    # UTF-8 without a byte order mark, on every version of PowerShell.
    function Write-Utf8 {
        param([string] $Path, [string] $Text)
        [IO.File]::WriteAllText($Path, $Text, (New-Object System.Text.UTF8Encoding $false))
    }

    # Objects of texts, numbers and lists of texts: all that a reader elsewhere can use of them.
    function Select-Plain {
        param([string[]] $Property)
        process {
            $row = New-Object PSObject
            foreach ($name in $Property) {
                $value = $null
                if ($_.PSObject.Properties[$name]) { $value = $_.$name }
                if ($value -is [System.Collections.IEnumerable] -and $value -isnot [string]) {
                    $value = @($value | ForEach-Object { [string] $_ })
                } elseif ($null -ne $value -and $value -isnot [bool] -and $value -isnot [int]) {
                    $value = [string] $value
                }
                Add-Member -InputObject $row -MemberType NoteProperty -Name $name -Value $value
            }
            $row
        }
    }

    # Runs a command and keeps its output in a file of the bundle; a command that is absent or fails is noted, no more.
    function Save-Part {
        param([string] $File, [string] $Command, [string] $Needs, [scriptblock] $Read, [switch] $AsJson)
        $part = @{ file = $File; command = $Command; state = 'gathered' }
        if (-not (Get-Command -Name $Needs -ErrorAction SilentlyContinue)) {
            $part.state = 'absent'
        } else {
            try {
                $output = @(& $Read)
                if ($AsJson) { $text = ConvertTo-Json -InputObject $output -Depth 3 }
                else { $text = ($output | Out-String -Width 1000).Trim() }
                Write-Utf8 -Path ([IO.Path]::Combine($bundleFolder, $File.Replace('/', '\'))) -Text $text
            } catch {
                $part.state = 'failed'
                $part.error = [string] $_
            }
        }
        [void] $script:parts.Add((New-Object PSObject -Property $part))
    }
  `;
}

function saveEverything(plan: CapturePlan): string[] {
  return lines`
    function Save-Bundle {
        Write-Phase 'gathering' 'Gathering names of adapters and switches, and the layouts of events.'
        if (Test-Path -LiteralPath $bundleFolder) { Remove-Item -LiteralPath $bundleFolder -Recurse -Force }
        [void] [IO.Directory]::CreateDirectory([IO.Path]::Combine($bundleFolder, '${bundleSchemaFolder}'))
        $script:parts = New-Object System.Collections.ArrayList
        ${Object.entries(jsonParts).map(([file, command]) => jsonPart(file, command))}
        Save-Part -File 'pktmon-list.txt' -Command 'pktmon list --all' -Needs 'pktmon.exe' -Read { pktmon.exe list --all }
        Save-Part -File 'ipconfig.txt' -Command 'ipconfig /all' -Needs 'ipconfig.exe' -Read { ipconfig.exe /all }
        ${plannedProviders(plan).map(({ provider }) => schemaPart(provider))}
        Move-Item -LiteralPath $traceFile -Destination $bundleFolder -Force
        ${plan.tool === 'netsh' && plan.netshReport ? reportPart : []}
        Save-Manifest
        ${plan.bundle === 'zip' ? 'Compress-Bundle' : '$script:result = $bundleFolder'}
    }
  `;
}

const reportPart = lines`
  $report = [IO.Path]::ChangeExtension($traceFile, '.cab')
  if (Test-Path -LiteralPath $report) { Move-Item -LiteralPath $report -Destination $bundleFolder -Force }
`;

/** `Get-NetAdapter -IncludeHidden`, and the properties that its output is shown by. */
function jsonPart(file: string, command: FetchCommand): string {
  const [read, properties] = fetchCommands[command].split(' | Format-List ');
  const cmdlet = read.split(' ')[0];
  return `Save-Part -File '${file}' -Command '${read}' -Needs '${cmdlet}' -AsJson -Read { ${read} | Select-Plain -Property ${properties.split(',').map(powerShellLiteral).join(', ')} }`;
}

function schemaPart(provider: string): string {
  const name = providerName(provider);
  const file = powerShellLiteral(`${bundleSchemaFolder}/${fileNameOf(name)}.json`);
  const command = providerJsonCommand(name);
  return `Save-Part -File ${file} -Command ${powerShellLiteral(command)} -Needs 'Get-WinEvent' -Read { ${command} }`;
}

/** Get-WinEvent knows providers by name alone. */
function providerName(provider: string): string {
  const guid = parseGuid(provider);
  return knownProviders.find((known) => known.guid === guid)?.name ?? provider.trim();
}

function fileNameOf(provider: string): string {
  return (
    provider
      .replaceAll(/[^\p{L}\p{N}._-]+/gu, '_')
      .replace(/[._]+$/, '')
      .slice(0, 100) || 'provider'
  );
}

function saveManifest({ tool }: CapturePlan): string[] {
  return lines`
    # What the bundle holds, and the machine that it is of.
    function Save-Manifest {
        $zone = [TimeZoneInfo]::Local
        $windows = Get-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
        $update = ''
        if ($windows.PSObject.Properties['UBR']) { $update = ".$($windows.UBR)" }
        $machine = New-Object PSObject -Property @{
            computer = [Environment]::MachineName
            system = [string] $windows.ProductName
            build = "$([Environment]::OSVersion.Version.ToString(3))$update"
            timeZone = $zone.Id
            utcOffsetMinutes = [int] $zone.GetUtcOffset([DateTime]::Now).TotalMinutes
        }
        $manifest = New-Object PSObject -Property @{
            format = 'hopscope-bundle'
            version = 1
            tool = '${tool}'
            started = $script:started
            stopped = [DateTimeOffset]::Now.ToString('o')
            traces = @([IO.Path]::GetFileName($traceFile))
            parts = @($script:parts)
        }
        if (-not (Get-Command -Name ConvertTo-Json -ErrorAction SilentlyContinue)) {
            Write-Warning 'This PowerShell writes no JSON: the bundle has its files, but no list of them.'
            return
        }
        Write-Utf8 -Path ([IO.Path]::Combine($bundleFolder, '${bundleMachineFile}')) -Text (ConvertTo-Json -InputObject $machine)
        Write-Utf8 -Path ([IO.Path]::Combine($bundleFolder, '${bundleManifestFile}')) -Text (ConvertTo-Json -InputObject $manifest -Depth 4)
    }
  `;
}

function zipFunction(): string[] {
  return lines`
    # .NET's own zip, for Compress-Archive refuses files of 2 GB. The folder stays where it cannot be packed.
    function Compress-Bundle {
        $archive = "$bundleFolder.zip"
        $script:result = $bundleFolder
        try {
            Add-Type -AssemblyName System.IO.Compression.FileSystem
            if (Test-Path -LiteralPath $archive) { Remove-Item -LiteralPath $archive -Force }
            [IO.Compression.ZipFile]::CreateFromDirectory($bundleFolder, $archive, [IO.Compression.CompressionLevel]::Fastest, $false)
            Remove-Item -LiteralPath $bundleFolder -Recurse -Force
            $script:result = $archive
        } catch {
            Write-Warning "The bundle was not packed ($_). Take the folder instead."
        }
    }
  `;
}
