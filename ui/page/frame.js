document.documentElement.lang="LANG";
window.papiHere=HERE;
if(!window.papiMenu){window.papiMenu=function(){
 var links=document.querySelectorAll(".st-key-menu-pages a"),here=links[window.papiHere];if(!here||here.hasAttribute("aria-current"))return;
 links.forEach(function(link){link.removeAttribute("aria-current")});here.setAttribute("aria-current","page");
 var menu=here.closest(".st-key-menu-pages");menu.scrollLeft+=here.getBoundingClientRect().left-menu.getBoundingClientRect().left-48};
 var waiting=false;new MutationObserver(function(){if(!waiting){waiting=true;requestAnimationFrame(function(){waiting=false;window.papiMenu();window.papiFolds()})}}).observe(document.body,{childList:true,subtree:true})}
window.papiMenu();
if(!window.papiTheme){window.papiTheme=true;
 var app=document.querySelector(".stApp"),follow=function(){document.documentElement.style.colorScheme=getComputedStyle(app).colorScheme};
 new MutationObserver(follow).observe(app,{attributes:true,attributeFilter:["class"]});follow()}
if(!window.papiCopies){window.papiCopies=true;document.addEventListener("click",function(event){
 var button=event.target.closest&&event.target.closest("button.copy");if(!button)return;
 var done=function(){var before=button.dataset.before||(button.dataset.before=button.textContent);button.textContent=button.dataset.done;setTimeout(function(){button.textContent=before},2000)};
 var words=button.parentElement.querySelector(".plain"),copied=words?words.textContent:button.dataset.words?null:location.href;if(copied===null)return;
 var byHand=function(){var box=document.createElement("textarea");box.value=copied;button.parentElement.appendChild(box);box.select();document.execCommand("copy");box.remove();button.focus();done()};
 if(navigator.clipboard&&window.isSecureContext){navigator.clipboard.writeText(copied).then(done,byHand)}else{byHand()}
})}
if(!window.papiPictures){window.papiPictures=true;
 var made=function(name,about,inside){var one=document.createElementNS("http://www.w3.org/2000/svg",name);for(var key in about)one.setAttribute(key,about[key]);one.append.apply(one,inside||[]);return one};
 var letters=async function(){for(var sheet of document.styleSheets)for(var rule of sheet.cssRules)if(rule instanceof CSSFontFaceRule&&/^"?Source Sans"?$/.test(rule.style.getPropertyValue("font-family"))&&rule.style.getPropertyValue("font-style")!=="italic"){
  var file=await(await fetch(new URL(rule.style.getPropertyValue("src").match(/url\("?([^")]+)/)[1],sheet.href||location.href))).blob();
  return await new Promise(function(done){var reader=new FileReader();reader.onload=function(){done('@font-face{font-family:"Source Sans";font-weight:100 900;src:url('+reader.result+")}")};reader.readAsDataURL(file)})}return""};
 var drawn=function(plot,button,style){
  var parts=Array.from(plot.querySelectorAll(".main-svg")),wide=+parts[0].getAttribute("width"),high=+parts[0].getAttribute("height");
  var words=(button.dataset.back+" "+location.href).match(new RegExp(".{1,"+Math.floor(wide/7)+"}","g")),whole=high+17*words.length+8;
  var back=words.map(function(line,at){return made("text",{x:0,y:high+13+17*at,"font-family":"Source Sans, sans-serif","font-size":12.5,fill:button.dataset.soft},[line])});
  var copied=parts.flatMap(function(part){return Array.from(part.cloneNode(true).children)}).filter(function(part){return!/draglayer|hoverlayer|zoomlayer|selectionlayer/.test(part.getAttribute("class"))});
  return{wide:wide,high:whole,svg:new XMLSerializer().serializeToString(made("svg",{width:wide,height:whole,viewBox:"0 0 "+wide+" "+whole},
   [made("style",{},[style]),made("rect",{width:wide,height:whole,fill:parts[0].style.backgroundColor})].concat(copied,made("a",{href:location.href},back))))}};
 document.addEventListener("click",async function(event){
  var button=event.target.closest&&event.target.closest("button.picture"),plot=button&&button.closest("[class*=st-key-wide-],[class*=st-key-narrow-]").querySelector(".js-plotly-plot");if(!plot)return;
  var picture=drawn(plot,button,await letters()),file=new Blob([picture.svg],{type:"image/svg+xml"}),link=document.createElement("a");
  if(button.dataset.format==="png"){
   var image=new Image(),canvas=document.createElement("canvas");image.src=URL.createObjectURL(file);await image.decode();
   canvas.width=3*picture.wide;canvas.height=3*picture.high;canvas.getContext("2d").drawImage(image,0,0,canvas.width,canvas.height);URL.revokeObjectURL(image.src);
   file=await new Promise(function(done){canvas.toBlob(done,"image/png")})}
  link.href=URL.createObjectURL(file);link.download=button.dataset.file+"."+button.dataset.format;link.click();setTimeout(function(){URL.revokeObjectURL(link.href)},60000)})}
if(!window.papiFinds){window.papiFinds=true;
 var tidy=function(text){return" "+text.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{N}.]+/gu," ").trim()},
 bare=function(text){return text.normalize("NFD").replace(/[\u0300-\u036f]/g,"").replace(/\u0111/g,"d")},includes=String.prototype.includes;
 String.prototype.includes=function(sought){"use strict";
  if(this.charCodeAt(this.length-1)!==0x2060)return includes.apply(this,arguments);
  var words=tidy(this),plain=bare(words);
  return tidy(String(sought)).trim().split(" ").every(function(word){return includes.call(word===bare(word)?plain:words," "+word)})}}
window.papiWords=WORDS;
if(!window.papiSay){
 var ours=".stHtml,.js-plotly-plot",said=function(text){for(var pair of window.papiWords){var found=new RegExp(pair[0]).exec(text);if(found)return pair[1].replace("{}",found[1])}return text};
 window.papiSay=function(node){
  if(node.nodeType===3){var text=said(node.data);if(text!==node.data&&!node.parentElement.closest(ours))node.data=text;return}
  if(node.nodeType!==1||node.closest(ours))return;
  ["aria-label","title"].forEach(function(name){var text=node.getAttribute(name);if(text&&said(text)!==text)node.setAttribute(name,said(text))});
  node.childNodes.forEach(window.papiSay)};
 new MutationObserver(function(seen){if(window.papiWords.length)seen.forEach(function(one){one.type==="characterData"?window.papiSay(one.target):one.addedNodes.forEach(window.papiSay)})})
  .observe(document.body,{childList:true,subtree:true,characterData:true});window.papiSay(document.body)}
if(!window.papiTaps){window.papiTaps=true;window.addEventListener("touchend",function(event){
 var sheet=event.target.closest&&event.target.closest(".js-plotly-plot .nsewdrag"),tap=event.changedTouches[0];if(!sheet)return;
 var plot=sheet.closest(".js-plotly-plot"),held=plot._dragging;plot._dragging=false;
 sheet.dispatchEvent(new MouseEvent("mousemove",{clientX:tap.clientX,clientY:tap.clientY}));plot._dragging=held},{capture:true,passive:true})}
if(!window.papiFolds){
 var opened={},phone=matchMedia("screen and (max-width:56rem)"),next=".stHeading h2,.foot";
 var under=function(head){var parts=[];for(var part=head.nextElementSibling;part&&!part.querySelector(next);part=part.nextElementSibling)parts.push(part);return parts};
 var asked=function(part){var named=location.hash&&document.getElementById(location.hash.slice(1));
  return part.querySelector("p.cell-head,.st-key-briefing-files")||named&&part.contains(named)||/[?&]doan=/.test(location.search)&&part.querySelector(".doc")};
 var fold=function(title){
  var head=title.closest(".stElementContainer"),name=location.pathname+title.textContent,parts=under(head),button=head.querySelector(".fold");
  if(!button){button=document.createElement("button");button.type="button";button.className="fold";button.setAttribute("aria-label",title.textContent);
   button.addEventListener("click",function(){opened[name]=button.getAttribute("aria-expanded")==="false";window.papiFolds()});head.appendChild(button)}
  var open=name in opened?opened[name]:parts.some(asked);
  button.setAttribute("aria-expanded",open);parts.forEach(function(part){part.toggleAttribute("data-folded",!open)})};
 window.papiFolds=function(){document.querySelectorAll(".stMain .stHeading h2").forEach(fold)};
 document.addEventListener("click",function(event){var link=event.target.closest&&event.target.closest("a[data-doan],a[href^='#']");
  var at=link&&document.getElementById(link.dataset.doan?"doan-"+link.dataset.doan:link.hash.slice(1)),part=at&&at.closest("[data-folded]");if(!part)return;
  while(part&&!part.querySelector(".stHeading h2"))part=part.previousElementSibling;if(part)part.querySelector(".fold").click()},true);
 window.papiFolds();
 var answer=document.querySelector(".stMain p.cell-head");if(answer&&phone.matches)answer.scrollIntoView()}
